/** Small drawings that repeat words written beside them. Lengths and places are attributes: the policy allows no style. */

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** Stones of a pathway in a cell: done, now (taller), to come. */
export function ministones(position: number, total: number): string {
  const stones = Array.from({ length: total }, (_, index) => {
    const state = index + 1 < position ? 'done' : index + 1 === position ? 'now' : 'todo';
    return `<path class="is-${state}" d="M${round(1 + index * 9.4)} 13V${state === 'now' ? '3.6' : '6.2'}a2.9 2.9 0 0 1 5.8 0V13z"/>`;
  });
  const width = Math.ceil(total * 9.4 + 0.8);
  return `<svg class="jalon-ministones" width="${width}" height="14" viewBox="0 0 ${width} 14" aria-hidden="true" focusable="false">${stones.join('')}</svg>`;
}

/** How much of how much, up to twelve. */
export function pips(done: number, total: number): string {
  const shown = Math.min(total, 12);
  const rectangles = Array.from({ length: shown }, (_, index) => `<rect class="is-${index < done ? 'full' : 'empty'}" x="${1 + index * 18}" y="1" width="14" height="10" rx="2"/>`);
  return `<svg class="jalon-pips" width="${shown * 18}" height="12" viewBox="0 0 ${shown * 18} 12" aria-hidden="true" focusable="false">${rectangles.join('')}</svg>`;
}

/** Level of evidence: so many bars of four. */
export function proof(level: number): string {
  const bars = [3.3, 6.1, 8.9, 11.7].map((height, index) => `<rect class="is-${index < level ? 'full' : 'empty'}" x="${round(0.5 + index * 4.6)}" y="${round(13 - height)}" width="3.2" height="${height}" rx=".6"/>`);
  return `<svg viewBox="0 0 18 14" aria-hidden="true" focusable="false">${bars.join('')}</svg>`;
}

/** Conditions as stones on the ground, one for each: met ones full, the others hollow; smaller where there are many. */
export function stones(met: number, total: number): string {
  if (total === 0) return '';
  const size = Math.min(1, 4 / total);
  const drawn = Array.from({ length: total }, (_, index) => {
    const at = `transform="translate(${round(8 + index * 26 * size)} ${round(54 - 32 * size)}) scale(${round(size)})"`;
    const body = 'M0 32V9a9 9 0 0 1 18 0v23z';
    return index < met
      ? `<g ${at}><path d="${body}" class="jalon-art__full"/><path d="m4.5 19 3.5 3.5 6-7" class="jalon-art__sign"/></g>`
      : `<g ${at}><path d="${body}" class="jalon-art__hollow"/></g>`;
  });
  return `<svg class="jalon-verdict__art" viewBox="0 0 112 60" aria-hidden="true" focusable="false"><path d="M2 54h108" class="jalon-art__ground"/>${drawn.join('')}</svg>`;
}

/** Amount against capacity. */
export function load(amount: number, capacity: number, label: string): string {
  const share = capacity > 0 ? Math.min(100, (amount / capacity) * 100) : 0;
  return `<svg class="jalon-load__bar" role="img" aria-label="${label}" preserveAspectRatio="none" viewBox="0 0 100 10"><rect class="jalon-load__track" width="100" height="10" rx="1"/><rect class="jalon-load__fill" width="${round(share)}" height="10" rx="1"/></svg>`;
}
