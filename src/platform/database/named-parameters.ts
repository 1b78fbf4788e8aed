/** `:name` becomes `$n`; casts (`::uuid`) and quoted text stay. */
export function positional(text: string, params: Record<string, unknown>): [string, unknown[]] {
  const values: unknown[] = [];
  const places = new Map<string, number>();
  const query = text.replace(/('(?:[^']|'')*')|::|:([a-z]\w*)/gi, (whole, quoted: string | undefined, name: string | undefined) => {
    if (quoted !== undefined || name === undefined) return whole;
    if (!Object.hasOwn(params, name)) throw new Error(`the statement has no parameter ${name}`);
    if (!places.has(name)) places.set(name, values.push(params[name]));
    return `$${places.get(name)!}`;
  });
  return [query, values];
}
