import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../../platform/config';
import { boundName, cookieOf, setCookie } from '../../platform/web/cookies';

const SECONDS = 60;

/**
 * Carries a secret just made to the page that shows it, once, in a cookie of the browser that asked for it: it is written nowhere else.
 * Another page does not show it: with two open at once, one person's link would be handed to the other.
 */
@Injectable()
export class ShownOnce {
  private readonly secure: boolean;

  constructor(config: Config) {
    this.secure = config.secure;
  }

  /** @param about what the page that shows it is about: no dot in it */
  leave(response: Response, about: string, value: string): void {
    setCookie(response, boundName(this.secure, 'once'), `${about}.${value}`, this.secure, SECONDS);
  }

  /** The secret, and it is gone; null when it has been shown, or belongs to another page. */
  take(request: Request, response: Response, about: string): string | null {
    const kept = cookieOf(request, boundName(this.secure, 'once'));
    if (!kept?.startsWith(`${about}.`)) return null;
    setCookie(response, boundName(this.secure, 'once'), '', this.secure, 0);
    return kept.slice(about.length + 1);
  }
}
