export { plain } from '../../platform/spelling';

/** The last eight digits of a phone number: the same with or without the country's prefix. Empty when there are fewer than four. */
export function phoneTail(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits.length < 4 ? '' : digits.slice(-8);
}
