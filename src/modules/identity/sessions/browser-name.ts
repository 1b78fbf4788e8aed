/** The order tells: most browsers also claim to be those after them. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?(?:iOS)?\//, 'Edge'], [/\bOPR\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\b(?:Firefox|FxiOS)\//, 'Firefox'], [/\b(?:Headless)?Chrom(?:e|ium)\/|\bCriOS\//, 'Chrome'], [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'], [/\biPhone\b|\biPad\b/, 'iOS'], [/\bWindows\b/, 'Windows'], [/\bCrOS\b/, 'ChromeOS'], [/\bMac OS X\b/, 'macOS'], [/\bLinux\b/, 'Linux'],
];

/** The browser and the system that a `User-Agent` tells of, by the names that people know; null when it tells of neither. */
export function browserName(agent: string): string | null {
  const named = (list: readonly [RegExp, string][]): string | undefined => list.find(([sign]) => sign.test(agent))?.[1];
  return [named(BROWSERS), named(SYSTEMS)].filter((one) => one !== undefined).join(' · ') || null;
}
