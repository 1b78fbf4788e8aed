import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../../platform/config';
import { boundName, cookieOf, setCookie } from '../../platform/web/cookies';

const SECONDS = 60;

/** Carries a secret just made to the page that shows it, once, in a cookie of the browser that asked for it: it is written nowhere else. */
@Injectable()
export class ShownOnce {
  private readonly secure: boolean;

  constructor(config: Config) {
    this.secure = config.secure;
  }

  leave(response: Response, value: string): void {
    setCookie(response, boundName(this.secure, 'once'), value, this.secure, SECONDS);
  }

  /** The secret, and it is gone; null when it has been shown. */
  take(request: Request, response: Response): string | null {
    const value = cookieOf(request, boundName(this.secure, 'once'));
    if (!value) return null;
    setCookie(response, boundName(this.secure, 'once'), '', this.secure, 0);
    return value;
  }
}
