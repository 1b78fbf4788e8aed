const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th', ɛ: 'e', ɔ: 'o', ɲ: 'n', ŋ: 'n' };

/** A name as it is looked for: lower case, no accents, words apart by one space. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[ßæœøđðłıþɛɔɲŋ]/g, (letter) => LETTERS[letter]!).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** The last eight digits of a phone number: the same with or without the country's prefix. Empty when there are fewer than four. */
export function phoneTail(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits.length < 4 ? '' : digits.slice(-8);
}
