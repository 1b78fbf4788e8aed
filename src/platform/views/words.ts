import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { LANGUAGES, type Language } from '../access/actor';

type Tree = { [name: string]: string | Tree };
const TAGS: Record<Language, string> = { fr: 'fr-FR', es: 'es', en: 'en-GB' };

/** The locale that dates and numbers are written in. */
export function localeOf(language: Language): string {
  return TAGS[language];
}

/** What the product says, by key and language; plurals and choices are ICU messages. */
export class Words {
  private readonly formats = new Map<string, IntlMessageFormat>();

  private constructor(private readonly texts: Record<Language, ReadonlyMap<string, string>>) {}

  /** Reads every `words.<language>.json` below the templates. */
  static load(folder = join(process.cwd(), 'templates')): Words {
    const texts = Object.fromEntries(LANGUAGES.map((language) => {
      const known = new Map<string, string>();
      for (const module of readdirSync(folder, { withFileTypes: true })) {
        if (!module.isDirectory()) continue;
        const file = join(folder, module.name, `words.${language}.json`);
        for (const [key, text] of flat(read(file))) {
          if (known.has(key)) throw new Error(`${key} is said twice in ${language}`);
          known.set(key, text);
        }
      }
      return [language, known];
    })) as Record<Language, Map<string, string>>;
    return new Words(texts);
  }

  has(key: string): boolean {
    return this.texts.fr.has(key);
  }

  keys(language: Language): string[] {
    return [...this.texts[language].keys()];
  }

  /** The message with its values. @throws when the key is unknown: a missing word is a fault, not a blank */
  say(language: Language, key: string, values: Record<string, unknown> = {}): string {
    const id = `${language} ${key}`;
    let format = this.formats.get(id);
    if (!format) {
      const text = this.texts[language].get(key);
      if (text === undefined) throw new Error(`no words for ${key} in ${language}`);
      format = new IntlMessageFormat(text, TAGS[language], undefined, { ignoreTag: true });
      this.formats.set(id, format);
    }
    const said = String(format.format(values as never));
    return language === 'fr' ? french(said) : said;
  }
}

/** No-break spaces where French has them: before : ; ? ! » and %, after «. Made here and not by hand. */
export function french(text: string): string {
  return text.replace(/ ([;?!%])/g, '\u202F$1').replace(/ ([:»])/g, '\u00A0$1').replace(/« /g, '«\u00A0').replace(/(\d) (?=(?:h|min|j|jours?|mois|ans?|semaines?|%)\b)/g, '$1\u00A0');
}

function read(file: string): Tree {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  return JSON.parse(text) as Tree;
}

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) => (typeof value === 'string' ? [[prefix + name, value] as [string, string]] : flat(value, `${prefix}${name}.`)));
}
