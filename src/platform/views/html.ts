const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;', '=': '&#61;' };

/** Text made harmless inside HTML, in content and in quoted attributes. */
export function escapeHtml(text: string, signs = '&<>"\'`='): string {
  return text.replace(/[&<>"'`=]/g, (sign) => (signs.includes(sign) ? SIGNS[sign]! : sign));
}

/** An address that a link may have: inside the product, or by https, mail and telephone. Any other becomes `#`. */
export function safeUrl(address: unknown): string {
  if (typeof address !== 'string') return '#';
  const trimmed = address.trim();
  if (/^(?:#|\?|\/(?![/\\]))/.test(trimmed) || trimmed === '/') return trimmed;
  return /^(?:https:\/\/|mailto:|tel:)/i.test(trimmed) ? trimmed : '#';
}

/** The address with some parameters of its query changed; null and '' take one away. */
export function withQuery(address: string, changes: Record<string, unknown>): string {
  const [path, query = ''] = address.split('#', 1)[0]!.split('?', 2) as [string, string?];
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    parameters.delete(name);
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) parameters.append(name, String(value));
  }
  const rest = parameters.toString();
  return `${path.replace(/^\/{2,}/, '/')}${rest ? `?${rest}` : ''}`;
}
