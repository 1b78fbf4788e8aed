import type { Request } from 'express';

interface Layer {
  route?: { methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** The verbs that an address knows; none where there is nothing. */
export function methodsOf(request: Request): string[] {
  const { stack } = (request.app as unknown as { router: { stack: Layer[] } }).router;
  const known = stack.filter((layer) => layer.route && layer.match(request.path)).flatMap((layer) => Object.keys(layer.route!.methods).map((name) => name.toUpperCase()));
  return [...new Set(known)].sort();
}
