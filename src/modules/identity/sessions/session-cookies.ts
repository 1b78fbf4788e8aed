import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../../../platform/config';
import { boundName, cookieOf, setCookie } from '../../../platform/web/cookies';
import { KNOWN_BROWSER } from '../limits';
import { isSecret } from '../secrets';

/** The two cookies of a browser that signs in: its session, and that it is known. */
@Injectable()
export class SessionCookies {
  private readonly secure: boolean;

  constructor(config: Config) {
    this.secure = config.secure;
  }

  session(request: Request): string | null {
    return this.secret(request, 'sid');
  }

  browser(request: Request): string | null {
    return this.secret(request, 'browser');
  }

  open(response: Response, session: string): void {
    setCookie(response, boundName(this.secure, 'sid'), session, this.secure);
  }

  close(response: Response): void {
    setCookie(response, boundName(this.secure, 'sid'), '', this.secure, 0);
  }

  remember(response: Response, browser: string): void {
    setCookie(response, boundName(this.secure, 'browser'), browser, this.secure, KNOWN_BROWSER / 1000);
  }

  private secret(request: Request, name: string): string | null {
    const value = cookieOf(request, boundName(this.secure, name));
    return isSecret(value) ? value : null;
  }
}
