import { Inject, type LoggerService } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { pino, type Logger } from 'pino';
import { newId } from './id';
import { withinRequest } from './request-id';

export const LOGGER = Symbol('logger');
export const Log = (): ParameterDecorator => Inject(LOGGER);

/** JSON lines for machines: no name, no health, no body, no parameter of SQL ever gets in here. */
export function makeLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } });
}

/** One line a request, by its route and not its address: an address may hold a search. */
export function requestLog(logger: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint();
    request.id = newId();
    response.set('X-Request-Id', request.id);
    response.once('finish', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? null;
      logger.info({
        requestId: request.id, method: request.method, route, status: response.statusCode,
        ms: Math.round(Number(process.hrtime.bigint() - started) / 1e5) / 10, actor: request.actor?.id ?? null,
      }, 'request');
    });
    withinRequest(request.id, next);
  };
}

/** Nest's own words, through the same log. */
export function nestLogger(logger: Logger): LoggerService {
  const say = (level: 'info' | 'warn' | 'error' | 'debug') => (message: unknown) => logger[level](typeof message === 'string' ? message : 'nest');
  return { log: say('debug'), error: say('error'), warn: say('warn'), debug: say('debug'), verbose: say('debug') };
}
