import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { AppKey } from '../../../platform/database/context';
import { Database } from '../../../platform/database/database';
import { AuditService } from '../../audit';
import type { Membership, User } from '../identity.entities';
import { ATTEMPTS } from '../limits';
import { Passwords } from '../passwords';
import { PurgeService } from '../purge/purge.service';
import { hashOf, newSecret } from '../secrets';
import { Actors, SIGN_IN } from '../sessions/actors';
import { SessionsService } from '../sessions/sessions.service';
import { UsersRepository } from '../users/users.repository';
import { networkOf } from './attempts';
import { AttemptsRepository, type Bucket } from './attempts.repository';
import { CredentialsRepository } from './credentials.repository';

/** What a browser brings to a sign-in beside address and password. */
export interface Origin {
  address: string;
  /** What the browser says of itself. */
  agent: string;
  /** Secret of the cookie of a known browser. */
  browser: string | null;
  /** Secret of the session that this sign-in replaces. */
  session: string | null;
}

/** Who it is, proved; and the counters that took the attempt for a failure until then. */
export interface Proved {
  kind: 'proved';
  user: User;
  /** The hash that the password matched. */
  hash: string;
  buckets: readonly Bucket[];
}
/** `wrong`: address or password, nobody is told which. `no-access`: right, but without a membership today. */
export interface Refused {
  kind: 'wrong' | 'no-access' | 'throttled';
  /** Seconds to wait when throttled. */
  seconds: number;
}
export interface Opened {
  kind: 'opened';
  session: string;
  browser: string;
}

/** Proves who signs in by a password, and opens the session. Units of its own: no connection is held while a password is hashed. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly key: AppKey,
    private readonly users: UsersRepository,
    private readonly credentials: CredentialsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
    private readonly actors: Actors,
    private readonly purge: PurgeService,
    private readonly audit: AuditService,
  ) {}

  /** An unknown address, a disabled account and a wrong password take the same way, the same time and get the same answer. */
  async prove(email: string, password: string, origin: Origin): Promise<Proved | Refused> {
    const now = this.clock.now();
    const { user, kept, buckets, wait } = await this.database.write(SIGN_IN, async () => {
      const found = await this.users.findByEmail(SIGN_IN, email);
      const hash = await this.credentials.hashOf(found?.id ?? NOBODY);
      const known = origin.browser !== null && (await this.attempts.isKnown(hashOf(origin.browser), found?.id ?? NOBODY));
      const own = this.buckets(email, origin, known);
      await this.attempts.sweep(now);
      return { user: found, kept: hash, buckets: own, wait: await this.attempts.take(own, now) };
    });
    if (wait > 0) return { kind: 'throttled', seconds: wait };
    const isRight = await this.passwords.matches(kept, password);
    if (!isRight || !user || user.disabledAt) {
      const code = !user ? 'unknown-address' : isRight ? 'disabled' : 'wrong-password';
      await this.database.write(SIGN_IN, () => this.refuse(user, code));
      return { kind: 'wrong', seconds: 0 };
    }
    if (!this.passwords.isOutdated(kept!)) return { kind: 'proved', user, hash: kept!, buckets };
    const fresh = await this.passwords.hash(password);
    // Changed meanwhile, the password stays what it was changed to; opening the session finds that out.
    await this.database.write(SIGN_IN, () => this.credentials.replace(user.id, kept!, fresh, now));
    return { kind: 'proved', user, hash: fresh, buckets };
  }

  /** Opens the session of who has been proved, by whatever means: a new id, under the membership used last. */
  async open({ user, hash, buckets }: Proved, origin: Origin): Promise<Opened | Refused> {
    const now = this.clock.now();
    return this.database.write(SIGN_IN, async () => {
      this.database.afterwards(() => this.purge.whenDue());
      // Between proof and session the password may have been changed, which ends every session: this one would begin after that.
      if (!(await this.credentials.isStill(user.id, hash))) {
        await this.refuse(user, 'wrong-password');
        return { kind: 'wrong', seconds: 0 };
      }
      await this.attempts.giveBack(buckets);
      const membership = await this.membershipFor(user);
      if (!membership) {
        await this.refuse(user, 'no-access');
        return { kind: 'no-access', seconds: 0 };
      }
      if (origin.session) await this.sessions.endBySecret(origin.session);
      const session = await this.sessions.start(user.id, membership.row.id, origin.agent);
      const browser = origin.browser ?? newSecret();
      await this.attempts.know(hashOf(browser), user.id, now);
      await this.audit.record(membership.actor, 'session.opened', { kind: 'user', id: user.id });
      return { kind: 'opened', session, browser };
    });
  }

  private async membershipFor(user: User): Promise<{ row: Membership; actor: Actor } | null> {
    const last = await this.sessions.lastMembership(user.id);
    const rows = await this.users.membershipsOf(SIGN_IN, [user.id]);
    for (const row of rows.sort((a, b) => Number(b.id === last) - Number(a.id === last))) {
      const actor = await this.actors.of(user, row, {});
      if (actor) return { row, actor };
    }
    return null;
  }

  private refuse(user: User | null, code: string): Promise<void> {
    return this.audit.refused(Actor.anonymous(), 'sign-in.refused', { kind: 'user', id: user?.id ?? null }, code);
  }

  /** A known browser has a counter of its own, so that nobody else can close it; the rest share one for the account and one for their network. */
  private buckets(email: string, { address, browser }: Origin, isKnown: boolean): Bucket[] {
    const account = email.toLowerCase();
    if (isKnown) return [{ key: this.blind(`known|${account}|${browser!}`), limit: ATTEMPTS.account }];
    return [{ key: this.blind(`account|${account}`), limit: ATTEMPTS.account }, { key: this.blind(`origin|${networkOf(address)}`), limit: ATTEMPTS.origin }];
  }

  private blind(text: string): string {
    return createHmac('sha256', this.key.bytes).update(`attempts|${text}`).digest('base64url');
  }
}

const NOBODY = '00000000-0000-7000-8000-000000000000';
