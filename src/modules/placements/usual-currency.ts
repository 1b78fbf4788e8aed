/** What people are paid in, by country: it stands first in the list to choose from. */
const COUNTRIES: Readonly<Record<string, string>> = {
  EUR: 'AT BE CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MQ MT NL PT RE SI SK YT', XOF: 'BF BJ CI GW ML NE SN TG', XAF: 'CF CG CM GA GQ TD', PEN: 'PE', BOB: 'BO', CLP: 'CL', COP: 'CO', USD: 'EC US', CHF: 'CH', GBP: 'GB', MAD: 'MA', TND: 'TN', GNF: 'GN', MRU: 'MR',
};

export function usualCurrency(country: string): string | null {
  return Object.keys(COUNTRIES).find((currency) => COUNTRIES[currency]!.split(' ').includes(country)) ?? null;
}
