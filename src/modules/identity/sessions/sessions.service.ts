import { Injectable } from '@nestjs/common';
import { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { newId } from '../../../platform/id';
import { notFound } from '../../../platform/problem';
import { CsrfGuard } from '../../../platform/web/csrf';
import type { KeptForm } from '../../../platform/web/kept-forms';
import { AuditService } from '../../audit';
import type { Session } from '../identity.entities';
import { PURGE, SESSION } from '../limits';
import { hashOf, newSecret } from '../secrets';
import { Actors, SIGN_IN } from './actors';
import { browserName } from './browser-name';
import type { SessionView } from './sessions.dto';
import { SessionsRepository } from './sessions.repository';

/** Browsers signed in. A session knows one user under one membership; whoever makes it has proved who that is, in whatever way. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sessions: SessionsRepository,
    private readonly actors: Actors,
    private readonly audit: AuditService,
    private readonly csrf: CsrfGuard,
  ) {}

  /** A new session; answers the id for the cookie, which is kept nowhere. Beyond the limit the oldest one ends. Inside a unit that runs as the sign-in. */
  async start(userId: string, membershipId: string, browser: string): Promise<string> {
    const secret = newSecret();
    const at = this.clock.now();
    const session: Session = {
      id: newId(), idHash: hashOf(secret), userId, membershipId, createdAt: at, lastSeenAt: at, expiresAt: new Date(at.getTime() + SESSION.absolute), endedAt: null, browser: browser.slice(0, 200),
    };
    await this.sessions.add(session);
    const ended = await this.sessions.endBeyond(session, SESSION.most, at);
    if (ended > 0) await this.audit.record(Actor.system('sign-in', null, { onBehalfOf: userId }), 'session.oldest-ended', { kind: 'user', id: userId }, { count: ended });
    return secret;
  }

  /** Who is behind a cookie; null when the session has ended, is idle or old, or its user or membership no longer counts. A unit of its own. */
  async resume(secret: string): Promise<Actor | null> {
    const now = this.clock.now();
    const found = await this.database.read(SIGN_IN, async () => {
      const alive = await this.sessions.alive(hashOf(secret), now);
      if (!alive) return null;
      const actor = await this.actors.of(alive.user, alive.membership, { session: alive.session.idHash.toString('hex') });
      return actor && { actor, session: alive.session };
    });
    if (!found) return null;
    const { actor, session } = found;
    if (now.getTime() - session.lastSeenAt.getTime() >= SESSION.touch) await this.database.write(SIGN_IN, () => this.sessions.touch(session.id, now));
    return actor;
  }

  /** Whether a form was opened in one of the actor's own sessions, by the token that it carries. A unit of its own. */
  async opened(actor: Actor, form: KeptForm): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - PURGE.after);
    const own = await this.database.read(SIGN_IN, () => this.sessions.startedSince(actor.id!, since));
    return own.some(({ idHash }) => this.csrf.isTokenOf(idHash.toString('hex'), form.token));
  }

  list(actor: Actor): Promise<SessionView[]> {
    return this.asSignIn(actor, async () => {
      const alive = await this.sessions.aliveOf(actor.id!, this.clock.now());
      return alive.map(({ id, browser, createdAt, lastSeenAt, idHash }) => ({
        id, browser, name: browserName(browser), startedAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString(), isThis: idHash.toString('hex') === actor.session,
      }));
    });
  }

  /** Ends one of the actor's own sessions. */
  async end(actor: Actor, id: string): Promise<void> {
    const ended = await this.asSignIn(actor, () => this.sessions.end(actor.id!, this.clock.now(), { id }));
    if (ended === 0) throw notFound();
    await this.audit.record(actor, 'session.ended', { kind: 'session', id });
  }

  /** Ends all of the actor's own sessions but this one. */
  async endOthers(actor: Actor): Promise<number> {
    const ended = await this.asSignIn(actor, () => this.sessions.end(actor.id!, this.clock.now(), actor.session ? { exceptHash: Buffer.from(actor.session, 'hex') } : {}));
    await this.audit.record(actor, 'session.others-ended', { kind: 'user', id: actor.id }, { count: ended });
    return ended;
  }

  /** Signs out of this browser. */
  async signOut(actor: Actor): Promise<void> {
    if (actor.session) await this.asSignIn(actor, () => this.sessions.end(actor.id!, this.clock.now(), { idHash: Buffer.from(actor.session!, 'hex') }));
    await this.audit.record(actor, 'session.signed-out', { kind: 'user', id: actor.id });
  }

  /** This session ends and another begins, under another membership or after a new password: its id never outlives what it was given for. */
  async replace(actor: Actor, membershipId: string, browser: string): Promise<string> {
    return this.asSignIn(actor, async () => {
      if (actor.session) await this.sessions.end(actor.id!, this.clock.now(), { idHash: Buffer.from(actor.session, 'hex') });
      return this.start(actor.id!, membershipId, browser);
    });
  }

  /** Ends a user's sessions, all or those of one membership. Inside a unit that runs as the sign-in. */
  endAllOf(userId: string, membershipId?: string): Promise<number> {
    return this.sessions.end(userId, this.clock.now(), membershipId ? { membershipId } : {});
  }

  /** Ends the session of a cookie, whoever holds it: at a sign-in over an older one. Inside a unit that runs as the sign-in. */
  endBySecret(secret: string): Promise<void> {
    return this.sessions.endByHash(hashOf(secret), this.clock.now());
  }

  lastMembership(userId: string): Promise<string | null> {
    return this.sessions.lastMembership(userId);
  }

  private asSignIn<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return this.database.as(Actor.system('sign-in', null, { onBehalfOf: actor.id }), work);
  }
}
