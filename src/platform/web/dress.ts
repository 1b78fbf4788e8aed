import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import express, { type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { requestLog } from '../log';
import { compressedBeforehand } from '../views/assets';
import { setCookie } from './cookies';
import { isLanguage } from './language';
import { openApi } from './openapi';

const ASSETS = join(process.cwd(), 'templates', 'assets', 'built');
/** Milliseconds in which a body of words has come. */
export const SOON = 30_000;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What every request passes before Nest: headers, log, static files, language, bodies within bounds. */
export function dress(app: NestExpressApplication, config: Config, logger: Logger): void {
  const { secure } = config;
  const server = app.getHttpAdapter().getInstance();
  server.disable('x-powered-by');
  server.set('query parser', 'simple');
  server.set('trust proxy', config.trustedProxies.length ? [...config.trustedProxies] : false);
  server.set('etag', false);
  const http = app.getHttpServer();
  http.headersTimeout = 15_000;
  // A photograph on a slow line takes minutes; what is no file has half of one, see `soon`.
  http.requestTimeout = 300_000;
  app.use(requestLog(logger));
  app.use(helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'"], connectSrc: ["'self'"],
        formAction: ["'self'"], frameAncestors: ["'none'"], baseUri: ["'none'"], objectSrc: ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
  }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    response.set('Permissions-Policy', 'geolocation=(), camera=(), microphone=()');
    if (!METHODS.has(request.method)) {
      response.status(405).set('Allow', [...METHODS].join(', ')).end();
      return;
    }
    next();
  });
  app.use(compression());
  app.use('/assets', compressedBeforehand(ASSETS));
  app.use('/assets', express.static(ASSETS, { immutable: true, maxAge: '1y', index: false, fallthrough: false, redirect: false }));
  app.use((_: Request, response: Response, next: NextFunction) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use(chooseLanguage(secure));
  app.use(sound);
  app.use(soon);
  app.use('/api', onlyJson);
  app.use(express.json({ limit: '100kb', strict: true, type: 'application/json', verify: isUtf8 }));
  app.use(express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 1000, verify: isForm }));
  openApi(app);
}

/** A body of words comes soon, or its connection ends: nobody holds one open with a letter now and then. */
function soon(request: Request, response: Response, next: NextFunction): void {
  if (!request.is('multipart/form-data')) {
    const waiting = setTimeout(() => {
      if (!response.headersSent) response.status(408).set('Connection', 'close').end();
    }, SOON).unref();
    request.once('end', () => clearTimeout(waiting)).once('close', () => clearTimeout(waiting));
  }
  next();
}

/** `?lang=xx` is kept in a cookie and leaves the address. */
function chooseLanguage(secure: boolean) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { lang } = request.query;
    if (request.method !== 'GET' || !isLanguage(lang)) {
      next();
      return;
    }
    setCookie(response, 'lang', lang, secure, 365 * 86_400);
    const left = new URLSearchParams(request.originalUrl.split('?')[1]);
    left.delete('lang');
    // A browser takes `//host` and `/\host` for the address of another site.
    response.redirect(303, `${request.path.replace(/^[/\\]+/, '/')}${left.size ? `?${left.toString()}` : ''}`);
  };
}

/** An address whose signs are no UTF-8, or a body in another character set: nobody could say what was meant. */
function sound(request: Request, _: Response, next: NextFunction): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) next(refusal(415));
  else next(decodes(request.originalUrl.split('?')[1] ?? '') ? undefined : refusal(400));
}

function isUtf8(_: IncomingMessage, __: ServerResponse, body: Buffer): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw refusal(400);
  }
}

/** What stands behind the percent signs is UTF-8 as well; and the parser would pass over `__proto__` without a word. */
function isForm(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  isUtf8(request, response, body);
  const text = body.toString();
  if (!decodes(text)) throw refusal(400);
  if ([...new URLSearchParams(text).keys()].some((name) => name.startsWith('__proto__'))) throw refusal(422);
}

function decodes(encoded: string): boolean {
  try {
    decodeURIComponent(encoded);
    return true;
  } catch {
    return false;
  }
}

const refusal = (status: number): Error => Object.assign(new Error('refused before it was read'), { status });

/** The API reads JSON, and forms with a file on the routes that take one: they ask for a token as well, so that a form of another site cannot pass for a call. */
function onlyJson(request: Request, _: Response, next: NextFunction): void {
  const hasBody = request.headers['content-length'] !== undefined ? request.headers['content-length'] !== '0' : request.headers['transfer-encoding'] !== undefined;
  if (hasBody && !request.is(['application/json', 'multipart/form-data'])) {
    next(refusal(415));
    return;
  }
  next();
}
