import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NextFunction, Request, Response } from 'express';

const BUILT = join(process.cwd(), 'templates', 'assets', 'built');
const TYPES: Record<string, string> = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

/** The addresses of what the browser keeps: names that carry their content. */
export class Assets {
  private constructor(private readonly manifest: Readonly<Record<string, string>>) {}

  static load(folder = BUILT): Assets {
    const file = join(folder, 'manifest.json');
    if (!existsSync(file)) throw new Error('The assets are not built: run `npm run assets`.');
    return new Assets(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  }

  address(name: string): string {
    const built = this.manifest[name];
    if (!built) throw new Error(`No asset is called ${name}`);
    return `/assets/${built}`;
  }
}

/** Answers with the form compressed beforehand, where there is one and the browser reads it; mounted before the static files. */
export function compressedBeforehand(folder = BUILT) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const name = /^\/([\w.-]+\.(css|js|svg))$/.exec(request.path);
    const coding = name && (request.acceptsEncodings('br') ? 'br' : request.acceptsEncodings('gzip') ? 'gzip' : null);
    const suffix = coding === 'br' ? 'br' : 'gz';
    if (!name || !coding || !existsSync(join(folder, `${name[1]}.${suffix}`))) {
      next();
      return;
    }
    response.set({ 'Content-Encoding': coding, 'Content-Type': TYPES[name[2]!]!, Vary: 'Accept-Encoding' });
    request.url = `/${name[1]}.${suffix}`;
    next();
  };
}
