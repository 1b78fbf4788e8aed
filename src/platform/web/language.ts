import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { LANGUAGES, type Language } from '../access/actor';
import { cookieOf } from './cookies';

/** The reader's language: chosen in the page (kept in a cookie), else the user's own, else the browser's, else French. */
export function languageOf(request: Request): Language {
  const kept = cookieOf(request, 'lang');
  if (isLanguage(kept)) return kept;
  if (request.actor && request.actor.id) return request.actor.language;
  const wanted = request.acceptsLanguages(...LANGUAGES);
  return isLanguage(wanted) ? wanted : 'fr';
}

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && (LANGUAGES as readonly string[]).includes(value);
}

/** The reader's language, for a handler that writes text itself: the columns of a file. */
export const ReaderLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => languageOf(context.switchToHttp().getRequest<Request>()));
