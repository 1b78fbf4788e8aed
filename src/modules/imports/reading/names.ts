import type { HeaderLanguage } from './targets';

export type NameRepair = 'capitals' | 'order';

export interface ReadName {
  familyNames: string;
  givenNames: string;
  /** What had to be decided. */
  repairs: NameRepair[];
}

/** Words that belong to the family name that follows them. */
const PARTICLES = new Set(['de', 'del', 'la', 'las', 'los', 'da', 'do', 'dos', 'du', 'des', 'le', 'van', 'von', 'el', 'al', 'ben', 'san', 'y']);

/** One cell with a whole name. With a comma, what stands before it is the family name; without, the order of the language, which is told as a repair. Null where only one word is there. */
export function readFullName(cell: string, language: HeaderLanguage): ReadName | null {
  const text = tidy(cell);
  const comma = text.indexOf(',');
  if (comma > 0) {
    const [family, given] = [text.slice(0, comma).trim(), text.slice(comma + 1).trim()];
    return family && given ? cased(family, given, []) : null;
  }
  const words = text.split(' ');
  if (words.length < 2) return null;
  // Spanish names end with two family names, French and English ones with one; in capitals alone a word is a family name (`DUPONT Jean`).
  const capitals = words.filter((word) => word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase());
  if (capitals.length > 0 && capitals.length < words.length) {
    return cased(capitals.join(' '), words.filter((word) => !capitals.includes(word)).join(' '), []);
  }
  let at = language === 'es' && words.length > 2 ? words.length - 2 : words.length - 1;
  while (at > 1 && PARTICLES.has(words[at - 1]!.toLowerCase())) at -= 1;
  return cased(words.slice(at).join(' '), words.slice(0, at).join(' '), ['order']);
}

/** Two cells. */
export function readNames(familyNames: string, givenNames: string): ReadName {
  return cased(tidy(familyNames), tidy(givenNames), []);
}

function cased(family: string, given: string, repairs: ReadName['repairs']): ReadName {
  const [familyNames, givenNames] = [ofCapitals(family), ofCapitals(given)];
  const changed = familyNames !== family || givenNames !== given;
  return { familyNames, givenNames, repairs: changed ? [...repairs, 'capitals'] : repairs };
}

/** `D’ALMEIDA` is `D’Almeida`; a name that has small letters is left as it is. */
function ofCapitals(name: string): string {
  if (name.length < 3 || name !== name.toUpperCase()) return name;
  return name.toLowerCase().replace(/(^|[\s\-’'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

const tidy = (cell: string): string => cell.normalize('NFC').replace(/[\s\u00a0]+/g, ' ').trim();
