import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { LANGUAGES, type Language } from '../access/actor';
import { isDay } from '../days';
import { escapeHtml } from './html';
import { dayInWords, LOCALES, remembering, withoutNarrowSpaces } from './locales';

export type WordValues = Record<string, unknown>;

type Message = string | IntlMessageFormat;

/** Tags that words may carry for `rich`; all else is text. */
const TAGS: Record<string, [string, string]> = {
  strong: ['<strong>', '</strong>'],
  quiet: ['<span class="jalon-quiet">', '</span>'],
  hidden: ['<span class="govuk-visually-hidden">', '</span>'],
};

/** The words on screen, in three languages: `templates/<module>/words.<language>.json`, ICU MessageFormat. */
export class Words {
  private readonly said = new Map<string, Message>();

  private constructor(private readonly messages: Record<Language, ReadonlyMap<string, string>>) {}

  /** Reads every words file under a folder. The same key in two files, or a key that is not text, ends the start. */
  static load(folder = join(process.cwd(), 'templates')): Words {
    const messages = Object.fromEntries(LANGUAGES.map((language) => [language, read(folder, language)])) as Record<Language, Map<string, string>>;
    return new Words(messages);
  }

  has(key: string): boolean {
    return this.messages.fr.has(key);
  }

  keys(language: Language): string[] {
    return [...this.messages[language].keys()];
  }

  /** The message of a key; a calendar day among the values is said in words, a text in three languages in this one. A missing key is a fault of the code and throws. */
  say(language: Language, key: string, values: WordValues = {}): string {
    const message = this.message('plain', language, key);
    return typeof message === 'string' ? message : withoutNarrowSpaces(String(message.format(inLanguage(language, values) as never)));
  }

  /** The message as HTML: `<strong>`, `<quiet>`, `<hidden>` become markup, every value is escaped. */
  rich(language: Language, key: string, values: WordValues = {}): string {
    const escaped = Object.fromEntries(Object.entries(inLanguage(language, values)).map(([name, value]) => [name, typeof value === 'string' ? escapeHtml(value) : value]));
    const message = this.message('rich', language, key);
    return typeof message === 'string' ? message : withoutNarrowSpaces(String(message.format(escaped as never)));
  }

  private message(kind: 'plain' | 'rich', language: Language, key: string): Message {
    const name = `${kind} ${language} ${key}`;
    const known = this.said.get(name);
    if (known !== undefined) return known;
    const source = this.messages[language].get(key);
    if (source === undefined) throw new Error(`No words for ${key} in ${language}`);
    const text = kind === 'rich' ? marked(source) : source;
    const message = /[{'#]/.test(text) ? new IntlMessageFormat(text, LOCALES[language], undefined, { ignoreTag: true }) : text;
    this.said.set(name, message);
    return message;
  }
}

function inLanguage(language: Language, values: WordValues): WordValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isDay(value) ? dayInWords(language, value) : isSaid(value) ? saidIn(language, value) : value]));
}

/** A text that somebody wrote in three languages, as a protocol has it. */
export function isSaid(value: unknown): value is Record<Language, string> {
  return typeof value === 'object' && value !== null && LANGUAGES.every((language) => typeof (value as Record<string, unknown>)[language] === 'string');
}

/** The text of one language, with the typography that nobody has to think of. */
export function saidIn(language: Language, text: Record<Language, string>): string {
  return setOnce(language, text[language]);
}

const setOnce = remembering(typeset);

function read(folder: string, language: Language): Map<string, string> {
  const found = new Map<string, string>();
  for (const module of readdirSync(folder, { withFileTypes: true })) {
    if (!module.isDirectory()) continue;
    const name = `words.${language}.json`;
    if (!readdirSync(join(folder, module.name)).includes(name)) continue;
    const file = join(folder, module.name, name);
    for (const [key, text] of flattened(JSON.parse(readFileSync(file, 'utf8')), '', file)) {
      if (found.has(key)) throw new Error(`${file}: ${key} is already in another file`);
      found.set(key, typeset(language, text));
    }
  }
  return found;
}

/** Nested keys written with dots. */
export function flattened(content: unknown, prefix: string, file: string): [string, string][] {
  if (typeof content === 'string') return [[prefix, content]];
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new Error(`${file}: ${prefix} is not text`);
  return Object.entries(content).flatMap(([key, inner]) => flattened(inner, prefix ? `${prefix}.${key}` : key, file));
}

/** Typography that nobody has to think of: curved apostrophes; no-break spaces after a number, and in French before `: ; ? ! »` and after `«`. */
export function typeset(language: Language, text: string): string {
  const everywhere = text.replace(/(\p{L})'(?=\p{L})/gu, '$1’').replace(/(#|\d) (?=[\p{L}%€])/gu, '$1\u00A0').replace(/\} (?=(?:min|h|j|%|€|Ko|Mo)(?![\p{L}]))/gu, '}\u00A0');
  if (language !== 'fr') return everywhere;
  return everywhere.replace(/ (?=[;?!»]|:(?!:))/g, '\u00A0').replace(/« /g, '«\u00A0');
}

function marked(source: string): string {
  return escapeHtml(source, '<>&"').replace(/&lt;(\/?)(\w+)&gt;/g, (whole, slash: string, tag: string) => TAGS[tag]?.[slash ? 1 : 0] ?? whole);
}
