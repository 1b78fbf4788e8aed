import { Injectable } from '@nestjs/common';
import { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { Database } from '../../../platform/database/database';
import { conflict } from '../../../platform/problem';
import { AuditService } from '../../audit';
import { linkGone, notYourself, unfitPassword } from '../identity.problems';
import { LINK } from '../limits';
import { Passwords } from '../passwords';
import { hashOf, isSecret, newSecret } from '../secrets';
import { SIGN_IN } from '../sessions/actors';
import { SessionsService } from '../sessions/sessions.service';
import { UsersRepository } from '../users/users.repository';
import { UsersService } from '../users/users.service';
import { CredentialsRepository } from './credentials.repository';
import { passwordFault } from './password-rules';

/** A link made now; the address is shown once and kept nowhere. */
export interface LinkMade {
  url: string;
  expiresAt: string;
}

/** One-time links that set a password: the first one, or another when it was lost. Whoever makes one hands it over. */
@Injectable()
export class LinksService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly users: UsersRepository,
    private readonly accounts: UsersService,
    private readonly credentials: CredentialsRepository,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
    private readonly audit: AuditService,
  ) {}

  /** Three days for a first password, half an hour for a lost one. Earlier links of this user are worth nothing from now on. */
  async make(actor: Actor, userId: string): Promise<LinkMade> {
    // For oneself it would set a password without knowing the present one, from a token as well.
    if (actor.id === userId) throw notYourself();
    const user = await this.users.get(actor, userId);
    if (user.disabledAt) throw conflict('user-disabled');
    const secret = newSecret();
    const at = this.clock.now();
    const expiresAt = await this.database.as(Actor.system('sign-in', null, { onBehalfOf: actor.id }), async () => {
      const isFirst = (await this.credentials.hashOf(userId)) === null;
      const until = new Date(at.getTime() + (isFirst ? LINK.first : LINK.reset));
      await this.credentials.endLinks(userId, at);
      await this.credentials.addLink({ tokenHash: hashOf(secret), userId, createdAt: at, expiresAt: until, usedAt: null });
      return until;
    });
    await this.audit.record(actor, 'link.made', { kind: 'user', id: userId });
    return { url: `${this.config.url}/welcome/${secret}`, expiresAt: expiresAt.toISOString() };
  }

  /** @throws Problem 410 unless the link can still be used; changes nothing, so that whoever looks at it first does not use it up. */
  async check(secret: string): Promise<string> {
    const userId = isSecret(secret) ? await this.database.read(SIGN_IN, () => this.credentials.liveLink(hashOf(secret), this.clock.now())) : null;
    if (!userId) throw linkGone();
    return userId;
  }

  /** Sets the password, once; every session of the user ends. */
  async use(secret: string, password: string): Promise<void> {
    const userId = await this.check(secret);
    const user = await this.database.read(SIGN_IN, () => this.accounts.user(SIGN_IN, userId));
    if (user.isDisabled) throw linkGone();
    const fault = passwordFault(password, [user.name, user.email, ...user.memberships.map(({ place }) => place ?? '')]);
    if (fault) throw unfitPassword('newPassword', fault);
    const hash = await this.passwords.hash(password);
    const now = this.clock.now();
    await this.database.write(SIGN_IN, async () => {
      if (!(await this.credentials.useLink(hashOf(secret), now))) throw linkGone();
      await this.credentials.set(userId, hash, now);
      await this.sessions.endAllOf(userId);
      await this.audit.record(Actor.system('sign-in', null, { onBehalfOf: userId }), 'password.set', { kind: 'user', id: userId });
    });
  }
}
