import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assets } from '../../src/platform/views/assets';
import { helpers } from '../../src/platform/views/helpers';
import { compileOptions, parsed, strictHandlebars } from '../../src/platform/views/strict';
import { kindOf, nameOf, templateFiles } from '../../src/platform/views/views';
import { Words } from '../../src/platform/views/words';

const root = join(__dirname, '..', '..');
const folder = join(root, 'templates');
const words = Words.load();
const known = Object.keys(helpers(words, Assets.load()));
const templates = templateFiles(folder).map((file) => ({ name: nameOf(file), source: readFileSync(join(folder, file), 'utf8') }));
const handlebars = strictHandlebars();
const code = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => readFileSync(join(root, 'src', file), 'utf8')).join('\n');

/** Without comments, and each expression as one letter: what a browser would see as tags. */
const bare = (source: string): string => source.replace(/\{\{!--[\s\S]*?--\}\}/g, '').replace(/\{\{[\s\S]*?\}\}/g, '§');
const faults = (find: (source: string) => string[]): string[] => templates.flatMap(({ name, source }) => find(source).map((what) => `${name}: ${what.slice(0, 120)}`));
const matches = (source: string, pattern: RegExp): string[] => [...source.matchAll(pattern)].map(([whole]) => whole);

describe('templates', () => {
  it('compile, with helpers that exist', () => {
    const wrong = templates.flatMap(({ name, source }) => {
      try {
        handlebars.precompile(parsed(source, kindOf(name) === 'page'), compileOptions(known));
        return [];
      } catch (error) {
        return [`${name}: ${(error as Error).message}`];
      }
    });
    expect(wrong).toEqual([]);
  });

  it('call partials that exist', () => {
    const partials = new Set(templates.filter(({ name }) => ['shared', 'partial'].includes(kindOf(name))).map(({ name }) => name.replace(/^partials\//, '')));
    expect(faults((source) => [...source.matchAll(/\{\{~?#?>\s*([\w/-]+)/g)].map((match) => match[1]!).filter((name) => !partials.has(name)))).toEqual([]);
  });

  it('are all used: a page by a handler, a partial by a template', () => {
    const calls = new Set(templates.flatMap(({ source }) => [...source.matchAll(/\{\{~?#?>\s*([\w/-]+)/g)].map((match) => match[1]!)));
    const unused = templates.map(({ name }) => name).filter((name) => {
      const kind = kindOf(name);
      if (kind === 'layout') return !['app', 'portal', 'door'].includes(name.slice('layouts/'.length));
      if (kind === 'page') return !code.includes(`'${name}'`);
      return !calls.has(name.replace(/^partials\//, ''));
    });
    expect(unused).toEqual([]);
  });

  it('say only words that exist', () => {
    expect(faults((source) => [...source.matchAll(/[({]\s*(?:t|rich) '([^']+)'/g)].map((match) => match[1]!).filter((key) => !words.has(key)))).toEqual([]);
  });

  it('print nothing unescaped', () => {
    expect(faults((source) => matches(source, /\{\{\{|\{\{~?&/g))).toEqual([]);
  });

  it('hold no script, no style and no handler of an event', () => {
    expect(faults((source) => [
      ...matches(bare(source), /<script(?![^>]*\ssrc="§")[^>]*>/g), ...matches(bare(source), /<script[^>]*>(?!<\/script>)[^<]*/g), ...matches(bare(source), /<style/g),
      ...matches(bare(source), /<[a-z][^>]*\s(?:style|on[a-z]+)\s*=[^>]*>/gi), ...matches(source, /javascript:/gi),
    ])).toEqual([]);
  });

  it('quote every attribute', () => {
    expect(faults((source) => matches(bare(source), /<[a-z](?:[^>"]|"[^"]*")*>/g).filter((tag) => tag.replace(/="[^"]*"/g, '').includes('=')))).toEqual([]);
  });

  it('pass every address that comes from a model through safeUrl', () => {
    // What begins with a slash and a letter is ours, whatever follows; what a helper of ours made is as well.
    const ours = /(?:href|action)="(?:[#/?a-z][^{"]|\/"|#\{\{|\{\{(?:safeUrl|here|asset|#if))/;
    expect(faults((source) => matches(source.replace(/\{\{!--[\s\S]*?--\}\}/g, ''), /(?:href|action)="[^"]*"/g).filter((one) => one.includes('{{') && !ours.test(one)))).toEqual([]);
  });

  it('send forms with the token against other sites', () => {
    expect(faults((source) => matches(source, /<form[^>]*method="post"[\s\S]*?<\/form>/g).filter((form) => !form.includes('name="_token"')))).toEqual([]);
  });

  it('never print a bare name that is a helper: it would be called, not read', () => {
    const alone = [...known, 'with', 'each', 'if', 'unless', 'lookup', 'log'];
    expect(faults((source) => [...source.matchAll(/\{\{~?\s*([A-Za-z]+)\s*~?\}\}/g)].map((match) => match[1]!).filter((name) => alone.includes(name)))).toEqual([]);
  });

  it('wear only classes that the style sheet knows', () => {
    const built = join(folder, 'assets', 'built');
    const css = readFileSync(join(built, Assets.load().address('app.css').slice('/assets/'.length)), 'utf8');
    // Of a name that ends in an expression (`jalon-badge--§`) the part before it must exist; a block may be styled by its parts alone.
    const styled = (name: string): boolean => (name.endsWith('§') ? css.includes(`.${name.slice(0, -1)}`) : new RegExp(`\\.${name}(?![a-z0-9]|-[a-z])`).test(css));
    expect([...new Set(faults((source) => [...bare(source).matchAll(/class="([^"]*)"/g)].flatMap((match) => match[1]!.split(/\s+/)).map((name) => name.replace(/§.*$/, '§')).filter((name) => /^(?:jalon|govuk)-/.test(name) && !styled(name))))]).toEqual([]);
  });

  it('tell the frame their title', () => {
    expect(templates.filter(({ name, source }) => kindOf(name) === 'page' && !/\{\{page title=/.test(source)).map(({ name }) => name)).toEqual([]);
  });
});
