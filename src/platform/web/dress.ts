import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import express, { type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { requestLog } from '../log';
import { setCookie } from './cookies';
import { isLanguage } from './language';
import { openApi } from './openapi';

const ASSETS = join(process.cwd(), 'templates', 'assets', 'built');
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What every request passes before Nest: headers, log, static files, language, bodies within bounds. */
export function dress(app: NestExpressApplication, config: Config, logger: Logger): void {
  const { secure } = config;
  const server = app.getHttpAdapter().getInstance();
  server.disable('x-powered-by');
  server.set('query parser', 'simple');
  server.set('trust proxy', config.trustedProxies.length ? [...config.trustedProxies] : false);
  server.set('etag', false);
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
  app.use('/assets', express.static(ASSETS, { immutable: true, maxAge: '1y', index: false, fallthrough: false, redirect: false }));
  app.use((_: Request, response: Response, next: NextFunction) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use(chooseLanguage(secure));
  app.use('/api', onlyJson);
  app.use(express.json({ limit: '100kb', strict: true, type: 'application/json' }));
  app.use(express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 1000 }));
  openApi(app);
  app.enableShutdownHooks();
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

/** The API reads JSON and nothing else: a form of another site cannot pass for a call. */
function onlyJson(request: Request, _: Response, next: NextFunction): void {
  const hasBody = request.headers['content-length'] !== undefined ? request.headers['content-length'] !== '0' : request.headers['transfer-encoding'] !== undefined;
  if (hasBody && !request.is('application/json')) {
    next(Object.assign(new Error('not JSON'), { status: 415 }));
    return;
  }
  next();
}
