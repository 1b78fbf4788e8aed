// What is dialled after the number, as it is written in the three languages.
const EXTENSION = /[\s,;]*(?:ext(?:ension)?|poste|anexo|int(?:erno)?|x|#)\.?\s*\d{1,6}$/i;
// Numbers are typed as they are said, with or without the prefix of a country: nothing tells of which country one without is, so no plan of numbers is asked.
const NUMBER = /^\(?\+?[\d\s().\-/]+$/;
/** The longest of the world has fifteen digits (ITU-T E.164), the shortest that rings at somebody's home six. */
const DIGITS = { min: 6, max: 15 };

/** The digits of a number as it was typed, without what is dialled after it. */
export function digitsOf(number: string): string {
  return number.replace(EXTENSION, '').replace(/\D/g, '');
}

/** What a telephone dials: digits alone, with the + of a country. */
export function dialled(number: string): string {
  return (number.trim().replace(/^\(/, '').startsWith('+') ? '+' : '') + digitsOf(number);
}

export function isPhone(number: string): boolean {
  const { length } = digitsOf(number);
  return NUMBER.test(number.replace(EXTENSION, '')) && length >= DIGITS.min && length <= DIGITS.max;
}
