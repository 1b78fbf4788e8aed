import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { AppKey } from '../../../platform/database/context';
import { Database } from '../../../platform/database/database';
import { AuditService } from '../../audit';
import { sessionNeeded, tooManyAttempts, unfitPassword, wrongPassword } from '../identity.problems';
import { ATTEMPTS } from '../limits';
import { Passwords } from '../passwords';
import { SIGN_IN } from '../sessions/actors';
import { SessionsService } from '../sessions/sessions.service';
import { UsersService } from '../users/users.service';
import { AttemptsRepository } from './attempts.repository';
import { CredentialsRepository } from './credentials.repository';
import { passwordFault } from './password-rules';

/** The own password, changed by who is signed in. Units of its own: no connection is held while passwords are hashed. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly key: AppKey,
    private readonly users: UsersService,
    private readonly credentials: CredentialsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
    private readonly audit: AuditService,
  ) {}

  /** Every other session ends and this one gets a new id, which is answered for the cookie. Guesses at the present password are counted as sign-ins are. */
  async change(actor: Actor, present: string, next: string, browser: string): Promise<string> {
    if (!actor.session || !actor.membership) throw sessionNeeded('password.own');
    const now = this.clock.now();
    const bucket = { key: createHmac('sha256', this.key.bytes).update(`attempts|change|${actor.id}`).digest('base64url'), limit: ATTEMPTS.account };
    const { kept, wait } = await this.database.write(SIGN_IN, async () => ({ kept: await this.credentials.hashOf(actor.id!), wait: await this.attempts.take([bucket], now) }));
    if (wait > 0) throw tooManyAttempts(wait);
    if (!(await this.passwords.matches(kept, present))) throw wrongPassword('currentPassword');
    await this.database.write(SIGN_IN, () => this.attempts.giveBack([bucket]));
    const user = await this.database.read(actor, () => this.users.user(actor, actor.id!));
    const fault = passwordFault(next, [user.name, user.email, ...user.memberships.map(({ place }) => place ?? '')]);
    if (fault) throw unfitPassword('newPassword', fault);
    const hash = await this.passwords.hash(next);
    return this.database.write(SIGN_IN, async () => {
      // Changed meanwhile, by another click or by a link: the password that was typed is no longer the present one.
      if (!(await this.credentials.replace(actor.id!, kept!, hash, now))) throw wrongPassword('currentPassword');
      await this.sessions.endAllOf(actor.id!);
      await this.audit.record(actor, 'password.changed', { kind: 'user', id: actor.id });
      return this.sessions.start(actor.id!, actor.membership!, browser);
    });
  }
}
