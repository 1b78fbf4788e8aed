/** The words of a page, as a reader hears them. */
export function wordsOf(html: string): string {
  return html.replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ').replace(/&#x3D;/g, '=').replace(/&#x27;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/\s+/g, ' ').trim();
}

/** Where the links and forms of a page lead. */
export function addressesOf(html: string): string[] {
  return [...html.matchAll(/\b(?:href|action|formaction)="([^"]*)"/g)].map(([, address = '']) => address.replace(/&#(?:x3D|61);/g, '=').replace(/&amp;/g, '&'));
}

/** The hidden fields of the first form that is sent to an address. */
export function hiddenOf(html: string, action: string): Record<string, string> {
  const form = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([whole]) => whole).find((whole) => addressesOf(whole.slice(0, whole.indexOf('>') + 1))[0] === action);
  if (!form) throw new Error(`no form is sent to ${action}`);
  return Object.fromEntries([...form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([input]) => [/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '']));
}
