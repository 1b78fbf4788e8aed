import { digitsOf } from '../../platform/web/phone';

export { plain } from '../../platform/spelling';

/** The last eight digits of a phone number: the same with or without the country's prefix. Empty when there are fewer than four. */
export function phoneTail(number: string): string {
  const digits = digitsOf(number);
  return digits.length < 4 ? '' : digits.slice(-8);
}
