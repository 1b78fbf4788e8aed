import Handlebars, { type HelperDelegate, type HelperOptions } from 'handlebars';
import { daysBetween, isDay } from '../days';
import { withBack } from '../web/back';
import type { Assets } from './assets';
import { load, ministones, pips, proof, stones } from './drawings';
import { choices, fieldState, idOf, plain, valueOf, type FieldState, type FormShape } from './forms';
import { escapeHtml, safeUrl, withQuery } from './html';
import { dayInWords, durationInWords, instantInWords, listInWords, moneyInWords, numberInWords, relativeInWords, zoneInWords, type DayStyle } from './locales';
import type { Shell } from './shell';
import { isSaid, saidIn, type Words, type WordValues } from './words';

/** What a page tells the frame around it. */
export interface PageFrame {
  title?: string;
  nav?: string | null;
  layout?: 'app' | 'portal' | 'door';
  /** True where the form that notes a contact stands on the page itself. */
  contact?: boolean;
  /** Seconds after which the page is asked for again, while something goes on. */
  refresh?: number;
  /** With whom that form opens from here. */
  person?: string;
  /** What the fields of one form show, where this is asked for. */
  shown?: { form: FormShape; fields: Map<string, ShownField> };
}
/** A field as people read it: a choice by its words, a day in words. */
export interface ShownField {
  label: string;
  value: string;
}
interface Data {
  shell: Shell;
  page: PageFrame;
  module: string;
  form?: FormShape | null;
}

/** Signs of an address that another takes along. */
const LONGEST_WAY_BACK = 400;

const html = (text: string): Handlebars.SafeString => new Handlebars.SafeString(text);
const dataOf = (options: HelperOptions): Data => options.data as Data;
const shellOf = (options: HelperOptions): Shell => dataOf(options).shell;
const attribute = (name: string, value: unknown): string => (value === undefined || value === null || value === false ? '' : ` ${name}="${escapeHtml(plain(value))}"`);

/** Everything a template may call. What gives HTML builds it from escaped parts. */
export function helpers(words: Words, assets: Assets): Record<string, HelperDelegate> {
  const sprite = assets.address('sprite.svg');
  const icons = new Map<string, Handlebars.SafeString>();
  const icon = (name: string): Handlebars.SafeString => {
    const drawn = icons.get(name) ?? html(`<svg class="jalon-icon" aria-hidden="true" focusable="false"><use href="${sprite}#i-${escapeHtml(name)}"/></svg>`);
    icons.set(name, drawn);
    return drawn;
  };
  const valuesOf = (given: unknown[], options: HelperOptions): WordValues => ({ ...(given[0] as WordValues | undefined), ...(options.hash as WordValues) });

  return {
    say: (text: unknown, options: HelperOptions) => (isSaid(text) ? saidIn(shellOf(options).language, text) : ''),
    t: (key: string, ...rest: unknown[]) => {
      const options = rest.pop() as HelperOptions;
      return words.say(shellOf(options).language, key, valuesOf(rest, options));
    },
    rich: (key: string, ...rest: unknown[]) => {
      const options = rest.pop() as HelperOptions;
      return html(words.rich(shellOf(options).language, key, valuesOf(rest, options)));
    },
    day: (day: unknown, ...rest: unknown[]) => {
      const options = rest.pop() as HelperOptions;
      return isDay(day) ? dayInWords(shellOf(options).language, day, (rest[0] as DayStyle | undefined) ?? 'long', shellOf(options).today) : '';
    },
    instant: (instant: unknown, ...rest: unknown[]) => {
      const options = rest.pop() as HelperOptions;
      if (!(instant instanceof Date) && typeof instant !== 'string') return '';
      const { language, timeZone } = shellOf(options);
      return instantInWords(language, new Date(instant), timeZone, (rest[0] as DayStyle | 'time' | undefined) ?? 'long');
    },
    zone: (options: HelperOptions) => zoneInWords(shellOf(options).language, shellOf(options).timeZone),
    number: (value: unknown, options: HelperOptions) =>
      typeof value === 'number' ? numberInWords(shellOf(options).language, value, options.hash.decimals as number | undefined) : '',
    money: (amount: unknown, currency: unknown, options: HelperOptions) =>
      typeof amount === 'number' && typeof currency === 'string' ? moneyInWords(shellOf(options).language, amount, currency) : '',
    duration: (minutes: unknown, options: HelperOptions) => (typeof minutes === 'number' ? durationInWords(shellOf(options).language, minutes) : ''),
    relative: (day: unknown, options: HelperOptions) => (isDay(day) ? relativeInWords(shellOf(options).language, daysBetween(shellOf(options).today, day)) : ''),
    daysFromToday: (day: unknown, options: HelperOptions) => (isDay(day) ? daysBetween(shellOf(options).today, day) : null),
    list: (items: unknown, options: HelperOptions) => listInWords(shellOf(options).language, (items as unknown[]).map(plain), options.hash.type as 'conjunction' | undefined),
    plain: (value: unknown, options: HelperOptions) => {
      const { language } = shellOf(options);
      if (value === null || value === undefined || value === '') return words.say(language, 'platform.none');
      if (typeof value === 'boolean') return words.say(language, value ? 'platform.yes' : 'platform.no');
      if (isDay(value)) return dayInWords(language, value);
      return Array.isArray(value) ? listInWords(language, value.map(plain)) : plain(value);
    },

    eq: (a: unknown, b: unknown) => a === b,
    and: (...given: unknown[]) => given.slice(0, -1).every(truthy),
    or: (...given: unknown[]) => given.slice(0, -1).find(truthy) ?? false,
    not: (value: unknown) => !truthy(value),
    more: (a: unknown, b: unknown) => Number(a) > Number(b),
    minus: (a: unknown, b: unknown) => Number(a) - Number(b),
    concat: (...given: unknown[]) => given.slice(0, -1).map(plain).join(''),
    in: (value: unknown, list: unknown) => (Array.isArray(list) ? list.includes(value) : String(list).split(' ').includes(plain(value))),
    size: (list: unknown) => (Array.isArray(list) ? list.length : 0),
    initials: (name: string) => name.split(/[\s-]+/).filter(Boolean).map((part) => [...part][0]).filter((_, index, all) => index === 0 || index === all.length - 1).join('').toUpperCase(),

    asset: (name: string) => assets.address(name),
    icon,
    stone: (state: string) => html(`<svg aria-hidden="true" focusable="false"><use href="${sprite}#s-${escapeHtml({ done: 'done', current: 'now', todo: 'todo', skipped: 'skip', split: 'split' }[state] ?? 'todo')}"/></svg>`),
    stateIcon: (state: string) => STATE_ICONS[state] ?? 'note',
    ministones: (position: number, total: number) => html(ministones(position, total)),
    pips: (done: number, total: number) => html(pips(done, total)),
    proofBars: (level: number) => html(proof(level)),
    stones: (met: number, total: number) => html(stones(met, total)),
    loadBar: (amount: number, capacity: number, label: string) => html(load(amount, capacity, escapeHtml(label))),
    safeUrl,
    // An address too long to be led back to is left out: it would stop the page instead.
    fromHere: (address: string, options: HelperOptions) => (shellOf(options).path.length > LONGEST_WAY_BACK ? address : withBack(address, shellOf(options).path)),
    here: (options: HelperOptions) => withQuery(shellOf(options).path, options.hash as Record<string, unknown>),
    pages: (page: number, count: number) => pagesAround(page, count),
    ceil: (total: number, size: number) => Math.max(1, Math.ceil(total / size)),
    isHere: (href: string, options: HelperOptions) => currentOf(shellOf(options), dataOf(options).page) === href,
    head: (list: unknown[], count: number) => list.slice(0, count),
    tail: (list: unknown[], count: number) => list.slice(count),

    page: (options: HelperOptions) => {
      Object.assign(dataOf(options).page, options.hash);
      return '';
    },
    breadcrumbs: (...given: unknown[]) => {
      const options = given.pop() as HelperOptions;
      const links = given.flatMap((href, index) => (index % 2 === 0 ? [`<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="${escapeHtml(safeUrl(href))}">${escapeHtml(plain(given[index + 1]))}</a></li>`] : []));
      const label = escapeHtml(words.say(shellOf(options).language, 'platform.breadcrumbs'));
      return html(`<nav class="govuk-breadcrumbs" aria-label="${label}"><ol class="govuk-breadcrumbs__list">${links.join('')}</ol></nav>`);
    },

    post: function post(this: unknown, action: string, options: HelperOptions) {
      const { class: css, form = null, id, file = false } = options.hash as { class?: string; form?: FormShape | null; id?: string; file?: boolean };
      const { token, key } = shellOf(options);
      const open = `<form action="${escapeHtml(safeUrl(action))}" method="post" novalidate${file ? ' enctype="multipart/form-data"' : ''}${attribute('class', css)}${attribute('id', id)}><input type="hidden" name="_token" value="${escapeHtml(token)}"><input type="hidden" name="_key" value="${escapeHtml(key)}">`;
      const version = valueOf(form, 'version');
      const kept = version === null ? '' : `<input type="hidden" name="version" value="${escapeHtml(plain(version))}">`;
      const data = Handlebars.createFrame(options.data as object) as Data;
      data.form = form;
      return html(`${open}${kept}${options.fn(this, { data })}</form>`);
    },
    filter: function filter(this: unknown, action: string, options: HelperOptions) {
      const { label, form = null, button } = options.hash as { label: string; form?: FormShape | null; button?: string };
      const data = Handlebars.createFrame(options.data as object) as Data;
      data.form = form;
      const submit = `<div class="jalon-filter__acts"><button type="submit" class="govuk-button jalon-button--s">${escapeHtml(button ?? words.say(shellOf(options).language, 'platform.filter'))}</button></div>`;
      return html(`<form class="jalon-filter jalon-dense" action="${escapeHtml(safeUrl(action))}" method="get" role="search" aria-label="${escapeHtml(label)}"><div class="jalon-filter__fields">${options.fn(this, { data })}${submit}</div></form>`);
    },

    field: (given: Record<string, unknown>, options: HelperOptions) => {
      const { form, module } = dataOf(options);
      const name = plain(given.name);
      const { language } = shellOf(options);
      const label = typeof given.label === 'string' ? given.label : words.say(language, `${module}.field.${name.replace(/\.\d+\./g, '.')}`);
      const shape = (given.form ?? form ?? null) as FormShape | null;
      const state = fieldState(shape, name, given);
      show(options, shape, name, { label, value: dayTyped(state, language) ?? state.value });
      return {
        ...state, name,
        label: given.optional ? words.say(language, 'platform.optional', { label }) : label,
      };
    },
    choices: (given: Record<string, unknown>, id: string, options: HelperOptions) => {
      const form = (given.form ?? dataOf(options).form ?? null) as FormShape | null;
      const chosen = valueOf(form, plain(given.name)) ?? given.value ?? null;
      const { language } = shellOf(options);
      const all = choices(given.choices, chosen, id, (value) => (given.words ? words.say(language, `${plain(given.words)}${value}`) : value));
      show(options, form, plain(given.name), { value: listInWords(language, all.filter((one) => one.chosen).map(({ label }) => label)) });
      return all;
    },
    isOn: (given: Record<string, unknown>, options: HelperOptions) => {
      const form = (given.form ?? dataOf(options).form ?? null) as FormShape | null;
      const value = valueOf(form, plain(given.name)) ?? given.value;
      const isOn = value === true || value === 'on' || value === 'true' || value === '1';
      show(options, form, plain(given.name), { value: words.say(shellOf(options).language, isOn ? 'platform.yes' : 'platform.no') });
      return isOn;
    },
    typed: (form: FormShape | null, path: string) => valueOf(form, path),
    fieldId: (path: string) => idOf(path),
  };
}

const STATE_ICONS: Record<string, string> = { late: 'late', todo: 'today', warn: 'warn', wait: 'wait', ok: 'ok', split: 'split', unknown: 'unknown', 'due-later': 'later', none: 'note' };

/** Where what a form shows is asked for, it is kept; a field of another form on the page is not. */
function show(options: HelperOptions, form: FormShape | null, name: string, field: Partial<ShownField>): void {
  const { shown } = dataOf(options).page;
  if (shown && form === shown.form) shown.fields.set(name, { label: '', value: '', ...shown.fields.get(name), ...field });
}

/** A day of three fields in words, or as it was typed; null for a field of another kind. */
function dayTyped({ day, month, year }: FieldState, language: Shell['language']): string | null {
  if (!day && !month && !year) return null;
  const typed = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(typed) ? dayInWords(language, typed) : [day, month, year].join(' ');
}

function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** The entry of the navigation that this page belongs to: as the page says, else the longest address that begins its own. */
export function currentOf(shell: Shell, page: PageFrame): string | null {
  if (page.nav !== undefined) return page.nav;
  const path = shell.path.split('?')[0]!;
  const entries = shell.navigation.flatMap((section) => section.items.map((item) => item.href));
  return entries.filter((href) => path === href || path.startsWith(`${href}/`)).sort((a, b) => b.length - a.length)[0] ?? null;
}

/** First, last, and those around the current page; null where some are left out. */
export function pagesAround(page: number, count: number): ({ n: number; current: boolean } | null)[] {
  const shown = [...new Set([1, page - 1, page, page + 1, count])].filter((one) => one >= 1 && one <= count).sort((a, b) => a - b);
  return shown.flatMap((one, index) => {
    const entry = { n: one, current: one === page };
    const before = shown[index - 1];
    return before !== undefined && one - before > 1 ? [null, entry] : [entry];
  });
}
