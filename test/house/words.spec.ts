import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { LANGUAGES } from '../../src/platform/access/actor';
import { flattened, typeset, Words } from '../../src/platform/views/words';

const root = join(__dirname, '..', '..');
const folder = join(root, 'templates');
const modules = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'words.fr.json'))).map((entry) => entry.name);
const read = (module: string, language: string): Map<string, string> => {
  const file = join(folder, module, `words.${language}.json`);
  return new Map(flattened(JSON.parse(readFileSync(file, 'utf8')), '', file));
};
const every = modules.flatMap((module) => LANGUAGES.flatMap((language) => [...read(module, language)].map(([key, text]) => ({ module, language, key, text }))));
const textOf = (under: string, extension: string): string => readdirSync(join(root, under), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith(extension) && !file.endsWith('.spec.ts')).map((file) => readFileSync(join(root, under, file), 'utf8')).join('\n');
const code = textOf('src', '.ts');
const corpus = `${code}\n${textOf('templates', '.hbs')}`;

/** The arguments of a message and the tags of its markup, in order of name. */
function shape(text: string): string[] {
  const names = new Set<string>();
  const visit = (elements: MessageFormatElement[]): void => elements.forEach((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return;
    names.add(element.type === TYPE.tag ? `<${element.value}>` : element.value);
    if (element.type === TYPE.select || element.type === TYPE.plural) Object.values(element.options).forEach((option) => visit(option.value));
    if (element.type === TYPE.tag) visit(element.children);
  });
  visit(parse(text));
  return [...names].sort();
}

describe('words', () => {
  it('load: no key twice', () => {
    expect(() => Words.load()).not.toThrow();
  });

  it.each(modules)('of %s are the same keys in three languages', (module) => {
    const [fr, es, en] = LANGUAGES.map((language) => [...read(module, language).keys()].sort());
    expect(es).toEqual(fr);
    expect(en).toEqual(fr);
  });

  it('of a module begin with its name, or are a problem or a fault of its own', () => {
    expect(every.filter(({ module, key }) => ![module, 'problem', 'field'].includes(key.split('.')[0]!)).map(({ module, key }) => `${module}: ${key}`)).toEqual([]);
  });

  it('are ICU messages, never empty', () => {
    const wrong = every.filter(({ text, language }) => {
      if (text.trim() === '') return true;
      try {
        parse(typeset(language, text));
        return false;
      } catch {
        return true;
      }
    });
    expect(wrong.map(({ key, language }) => `${language} ${key}`)).toEqual([]);
  });

  it('take the same values and the same markup in three languages', () => {
    const french = new Map(every.filter(({ language }) => language === 'fr').map(({ key, text }) => [key, shape(text)]));
    expect(every.filter(({ key, text }) => JSON.stringify(shape(text)) !== JSON.stringify(french.get(key))).map(({ key, language }) => `${language} ${key}`)).toEqual([]);
  });

  it('mark up with strong, quiet and hidden only', () => {
    expect(every.flatMap(({ key, language, text }) => shape(text).filter((name) => name.startsWith('<') && !['<strong>', '<quiet>', '<hidden>'].includes(name)).map((tag) => `${language} ${key} ${tag}`))).toEqual([]);
  });

  it('have French spaces before double signs', () => {
    const wrong = every.filter(({ language, text }) => language === 'fr' && /[\p{L}\d)}%](?:[?!]|:(?=\s|$)|;(?=\s|$))|«(?! )|[^ ]»/u.test(text.replace(/\{\w+, (?:plural|select|number)[\s\S]*$/u, '').replace(/\u00A0/g, ' ')));
    expect(wrong.map(({ key, text }) => `${key}: ${text}`)).toEqual([]);
  });

  it('have none in Spanish and English', () => {
    expect(every.filter(({ language, text }) => language !== 'fr' && /\s(?:[?!;»]|:(?=\s|$))|«\s/u.test(text)).map(({ language, key, text }) => `${language} ${key}: ${text}`)).toEqual([]);
  });

  it('are all used', () => {
    const prefixes = new Set([...corpus.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)*\.)(?=['"]|\$\{)/g)].map((match) => match[1]!).filter((prefix) => !['problem.', 'field.'].includes(prefix)));
    const quoted = new Set([...corpus.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)*)['"`]/g)].map((match) => match[1]!));
    const named = new Set(code.match(/[A-Za-z_]\w*/g));
    const used = (key: string): boolean => {
      const parts = key.split('.');
      if (quoted.has(key) || [...prefixes].some((prefix) => key.startsWith(prefix))) return true;
      if (parts[0] === 'problem' || parts[0] === 'field') return quoted.has(parts[1]!);
      return parts[1] === 'field' && parts.slice(2).every((part) => named.has(part) || ['day', 'month', 'year'].includes(part));
    };
    expect([...new Set(every.map(({ key }) => key))].filter((key) => !used(key))).toEqual([]);
  });
});
