import type Handlebars from 'handlebars';
import type { Language } from '../access/actor';
import type { Clock } from '../clock';
import { daysBetween, type Day } from '../days';
import { dayInWords, duration, fromToday, instantInWords, numberInWords } from './formats';
import type { Shell } from './shell';
import { localeOf, type Words } from './words';

/** What a page tells its frame while it is drawn. */
export interface Frame {
  shell: Shell;
  title: string;
}
interface Options {
  hash: Record<string, unknown>;
  data: { frame: Frame };
  fn: (context: unknown) => string;
  inverse: (context: unknown) => string;
}
interface FormShape {
  values: Record<string, unknown>;
  errors: { path: string; message: string }[];
}

/** The words that templates may use. Each escapes what it is given. */
export function installHelpers(handlebars: typeof Handlebars, words: Words, clock: Clock, manifest: Record<string, string>): void {
  const frameOf = (options: Options): Frame => options.data.frame;
  const language = (options: Options): Language => frameOf(options).shell.language;
  const safe = (html: string): Handlebars.SafeString => new handlebars.SafeString(html);
  const escape = (text: unknown): string => handlebars.escapeExpression(String(text));
  const help = (name: string, helper: (...args: never[]) => unknown): void => handlebars.registerHelper(name, helper as Handlebars.HelperDelegate);
  const asset = (name: string): string => {
    const built = manifest[name];
    if (!built) throw new Error(`no asset ${name}`);
    return `/assets/${built}`;
  };

  // Words. `{{t 'key' name=x}}`; `{{t (concat 'a.' kind)}}`; values may also come whole: `{{t key values=map}}`.
  help('t', (key: string, options: Options) => words.say(language(options), key, { ...(options.hash.values as object | undefined), ...options.hash }));
  help('title', (text: string, options: Options) => {
    frameOf(options).title = text;
    return '';
  });

  // Days, instants, numbers.
  help('day', (value: Day | null, options: Options) => (value ? dayInWords(language(options), value, options.hash.style as 'long' | 'short' | undefined, clock.today()) : ''));
  help('instant', (value: Date | string, options: Options) => instantInWords(language(options), new Date(value), (options.hash.zone as string | undefined) ?? 'UTC'));
  help('fromToday', (value: Day, options: Options) => fromToday(language(options), value, (options.hash.today as Day | undefined) ?? clock.today()));
  help('daysBetween', (from: Day, to: Day) => daysBetween(from, to));
  help('number', (value: number, options: Options) => numberInWords(language(options), value));
  help('minutes', (value: number) => duration(value));
  help('join', (items: string[], options: Options) => new Intl.ListFormat(localeOf(language(options)), { type: 'conjunction' }).format(items));

  // Logic.
  help('eq', (a: unknown, b: unknown) => a === b);
  help('ne', (a: unknown, b: unknown) => a !== b);
  help('not', (a: unknown) => !a);
  help('and', (...args: unknown[]) => args.slice(0, -1).every(Boolean));
  help('or', (...args: unknown[]) => args.slice(0, -1).find(Boolean) ?? false);
  help('gt', (a: number, b: number) => a > b);
  help('add', (a: number, b: number) => a + b);
  help('concat', (...args: unknown[]) => args.slice(0, -1).map(String).join(''));
  help('list', (...args: unknown[]) => args.slice(0, -1));
  help('includes', (items: unknown, one: unknown) => (Array.isArray(items) ? items.includes(one) : items === one));
  help('times', (n: number, options: Options) => Array.from({ length: n }, (_, index) => options.fn(index)).join(''));
  help('object', (options: Options) => options.hash);

  // Forms. A value or an error that is not there is not a fault.
  help('value', (form: FormShape, name: string) => form.values[name] ?? '');
  help('values', (form: FormShape, name: string) => [form.values[name] ?? []].flat().filter((one) => one !== ''));
  help('dayPart', (form: FormShape, name: string, part: 'day' | 'month' | 'year') => dayPart(form, name, part));
  help('error', (form: FormShape, name: string) => form.errors.find((one) => one.path === name || one.path.startsWith(`${name}.`))?.message ?? null);
  help('checked', (form: FormShape, name: string, value: string) => ([form.values[name] ?? []].flat().map(String).includes(value) ? safe('checked') : ''));
  help('fieldId', (path: string) => path.replace(/[^\w-]/g, '-'));

  // Parts of pages.
  help('asset', (name: string) => asset(name));
  help('icon', (name: string) => safe(`<svg class="jalon-icon" aria-hidden="true" focusable="false"><use href="${escape(asset('sprite.svg'))}#i-${escape(name)}"/></svg>`));
  help('stone', (name: string) => safe(`<svg aria-hidden="true" focusable="false"><use href="${escape(asset('sprite.svg'))}#s-${escape(name)}"/></svg>`));
  help('withLang', (path: string, lang: string) => {
    const [at = '/', query = ''] = path.split('?', 2);
    const params = new URLSearchParams(query);
    params.set('lang', lang);
    return `${at}?${params.toString()}`;
  });
  help('isCurrent', (path: string, href: string) => {
    const at = path.split('?', 1)[0]!;
    return at === href || at.startsWith(`${href}/`);
  });
  // The address of a page of ours; anything else would be a script or another site.
  help('local', (href: string) => (/^\/(?![/\\])/.test(href) ? href : '/'));
  help('initials', (name: string) => name.split(/\s+/).map((part) => part[0] ?? '').slice(0, 2).join('').toUpperCase());
}

function dayPart(form: FormShape, name: string, part: 'day' | 'month' | 'year'): string {
  const typed = form.values[`${name}-${part}`];
  if (typeof typed === 'string') return typed;
  const whole = form.values[name];
  if (typeof whole !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(whole)) return '';
  const [year = '', month = '', day = ''] = whole.split('-');
  return part === 'year' ? year : String(Number(part === 'month' ? month : day));
}
