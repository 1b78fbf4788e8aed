/** Currencies in use by ISO 4217, three letters: of the codes that stand for no country, those that people are paid in. */
const SHARED: readonly string[] = ['XAF', 'XCD', 'XOF', 'XPF'];
export const CURRENCIES: readonly string[] = Intl.supportedValuesOf('currency').filter((code) => !code.startsWith('X') || SHARED.includes(code));

/** The currencies as a list to choose from, in the reader's language and order; those named first stand first. */
export function currencyChoices(language: string, first: readonly string[] = []): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  const { compare } = new Intl.Collator(language);
  const all = CURRENCIES.map((value) => ({ value, label: `${value} – ${names.of(value) ?? value}` })).sort((a, b) => compare(a.label, b.label));
  return [...all.filter(({ value }) => first.includes(value)), ...all.filter(({ value }) => !first.includes(value))];
}

/** How many digits of an amount are minor units: 2 of the euro, 0 of the CFA franc. */
export function digitsOf(currency: string): number {
  return CURRENCIES.includes(currency) ? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits! : 2;
}

/**
 * An amount as it is written, in minor units; null where it is none. Comma and point are both read, whatever the language: in Peru and in Spain the same sign means
 * different things. The last of two different signs parts the minor units; a sign that stands before exactly three digits groups thousands, but where the currency
 * has three minor digits.
 */
export function minorUnits(written: string, currency: string): number | null {
  const digits = digitsOf(currency);
  const text = written.replace(/[\s\u00A0\u202F'’]/g, '');
  if (text === '' || !/^\d[\d.,]*$/.test(text)) return null;
  const at = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'));
  const sign = text[at];
  const after = at < 0 ? '' : text.slice(at + 1);
  const isDecimal = at >= 0 && text.indexOf(sign!) === at && (after.length !== 3 || digits === 3 || /[.,]/.test(text.slice(0, at)));
  const [whole, part] = isDecimal ? [text.slice(0, at), after] : [text, ''];
  if (!/^\d{1,3}(?:[.,]?\d{3})*$|^\d+$/.test(whole) || part.length > Math.max(digits, 0) || (isDecimal && part === '')) return null;
  return Number(whole.replace(/[.,]/g, '') + part.padEnd(digits, '0'));
}

/** Minor units as a form shows them: with the language's comma, without thousands, without a currency. */
export function writtenAmount(amount: number, currency: string, language: string): string {
  const digits = digitsOf(currency);
  const text = String(amount).padStart(digits + 1, '0');
  const [whole, part] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
  return Number(part) === 0 ? whole : `${whole}${language === 'en' ? '.' : ','}${part}`;
}
