const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th', ɛ: 'e', ɔ: 'o', ɲ: 'n', ŋ: 'n' };

/** A name as it is looked for: lower case, no accents, words apart by one space. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[ßæœøđðłıþɛɔɲŋ]/g, (letter) => LETTERS[letter]!).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Whether a text holds every word that is looked for, or its part, in whatever order; nothing holds what has neither letter nor digit. */
export function holding(wanted: string): (text: string) => boolean {
  const words = plain(wanted).split(' ').filter(Boolean);
  return (text) => {
    const looked = plain(text);
    return words.length > 0 && words.every((word) => looked.includes(word));
  };
}
