import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Authenticator as Passport } from 'passport';
import { Strategy } from 'passport-local';
import { SessionCookies } from '../sessions/session-cookies';
import { SignInService, type Origin, type Proved, type Refused } from './sign-in.service';

/** The ways of proving who one is, by passport without its sessions. Another way (single sign-on) is another strategy here, with the same outcome. */
@Injectable()
export class Authenticator {
  private readonly passport = new Passport();

  constructor(
    private readonly signIns: SignInService,
    private readonly cookies: SessionCookies,
  ) {
    this.passport.use('password', new Strategy({ usernameField: 'email', passwordField: 'password', session: false, passReqToCallback: true }, (request, email, password, done) => {
      this.signIns.prove(email.trim(), password, this.originOf(request)).then(
        (outcome) => (outcome.kind === 'proved' ? done(null, outcome) : done(null, false, outcome as never)), done);
    }));
  }

  /** Asks one strategy; the outcome comes back, nothing is answered. */
  by(strategy: 'password', request: Request, response: Response): Promise<Proved | Refused> {
    return new Promise((resolve, reject) => {
      const answer = (error: Error | null, proved: Proved | false | undefined, refused: Refused): void => {
        if (error) reject(error);
        else resolve(proved || refused);
      };
      (this.passport.authenticate(strategy, { session: false }, answer) as (request: Request, response: Response, next: (error?: unknown) => void) => void)(request, response, reject);
    });
  }

  originOf(request: Request): Origin {
    return { address: request.ip ?? '', agent: request.get('user-agent') ?? '', browser: this.cookies.browser(request), session: this.cookies.session(request) };
  }
}
