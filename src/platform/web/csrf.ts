import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../config';
import { AppKey } from '../database/context';
import { Problem } from '../problem';
import { boundName, cookieOf, setCookie } from './cookies';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Three layers against a change that another site makes the browser send: Fetch Metadata with Origin as its fallback, a token in every
 * form, and cookies that are same-site. A request that carries a token of the API has no cookie to abuse and passes.
 */
@Injectable()
export class CsrfGuard implements CanActivate {
  private readonly origin: string;
  private readonly secure: boolean;

  constructor(
    config: Config,
    private readonly key: AppKey,
  ) {
    this.origin = new URL(config.url).origin;
    this.secure = config.secure;
  }

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (SAFE.has(request.method)) return true;
    if (request.actor?.scopes) return true;
    if (!this.isOurs(request)) throw new Problem(403, 'cross-site');
    const sent: unknown = request.get('x-csrf-token') ?? (request.body as Record<string, unknown> | undefined)?._token;
    if (typeof sent !== 'string' || !this.matches(request, sent)) throw new Problem(403, 'form-too-old');
    return true;
  }

  /** The token that this browser's forms carry. Before sign-in it hangs on a cookie of its own. */
  tokenFor(request: Request, response: Response): string {
    const bound = this.bound(request) ?? this.bind(response);
    return this.sign(bound);
  }

  /** Whether the token was made for the forms of this session, alive or ended. */
  isTokenOf(session: string, token: string): boolean {
    return isEqual(this.sign(session), token);
  }

  /** Sent by a page of this site. */
  isOurs(request: Request): boolean {
    const site = request.get('sec-fetch-site');
    if (site) return site === 'same-origin';
    const origin = request.get('origin');
    return origin === this.origin;
  }

  private matches(request: Request, sent: string): boolean {
    const bound = this.bound(request);
    return bound !== null && isEqual(this.sign(bound), sent);
  }

  private bound(request: Request): string | null {
    if (request.actor?.session) return request.actor.session;
    const before = cookieOf(request, boundName(this.secure, 'form'));
    return before && /^[\w-]{43}$/.test(before) ? before : null;
  }

  private bind(response: Response): string {
    const value = randomBytes(32).toString('base64url');
    setCookie(response, boundName(this.secure, 'form'), value, this.secure);
    return value;
  }

  private sign(bound: string): string {
    return createHmac('sha256', this.key.bytes).update(`csrf|${bound}`).digest('base64url');
  }
}

function isEqual(right: string, given: string): boolean {
  const [a, b] = [Buffer.from(right), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
