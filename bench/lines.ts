/** One thing that was measured, against its bound. */
export interface Line {
  what: string;
  value: string;
  bound: string;
  within: boolean;
}

export const atMost = (what: string, ratio: number): Line => ({ what, value: `${ratio.toFixed(2)} ×`, bound: '≤ 1.3 ×', within: ratio <= 1.3 });

export function print(lines: readonly Line[]): void {
  const wide = Math.max(...lines.map(({ what }) => what.length));
  for (const { what, value, bound, within } of lines) console.log(`${what.padEnd(wide)}  ${value.padStart(32)}  ${bound.padEnd(20)}  ${within ? 'within' : 'OVER'}`);
}
