import { Injectable } from '@nestjs/common';
import { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { addDays } from '../../../platform/days';
import { newId } from '../../../platform/id';
import { notFound, wrongField } from '../../../platform/problem';
import { AuditService } from '../../audit';
import type { AccessToken } from '../identity.entities';
import { sessionNeeded } from '../identity.problems';
import { SESSION, TOKEN } from '../limits';
import { hashOf, isSecret, newSecret } from '../secrets';
import { Actors, SIGN_IN } from '../sessions/actors';
import { UsersService } from '../users/users.service';
import type { MakeToken, TokenView } from './tokens.dto';
import { TokensRepository } from './tokens.repository';

/** So that a leaked token is known for what it is, by people and by scanners. */
const PREFIX = 'jalon_';

/** Personal tokens of the API: they do what their user may do under one membership, or only read it, until a day. */
@Injectable()
export class TokensService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: TokensRepository,
    private readonly users: UsersService,
    private readonly actors: Actors,
    private readonly audit: AuditService,
  ) {}

  async list(actor: Actor): Promise<TokenView[]> {
    const found = await this.asSignIn(actor, () => this.tokens.of(actor.id!));
    const { memberships } = await this.users.user(actor, actor.id!);
    const places = new Map(memberships.map(({ id, place }) => [id, place]));
    return found.map((one) => this.view(actor, one, places.get(one.membershipId) ?? null));
  }

  /** Under the membership of this session. Answers the token, which is kept nowhere and shown once. */
  async make(actor: Actor, { name, scopes, expiresOn }: MakeToken): Promise<{ token: TokenView; secret: string }> {
    if (!actor.membership || actor.scopes) throw sessionNeeded('token.own');
    const today = this.clock.today(actor.timeZone);
    if (expiresOn <= today) throw wrongField('expiresOn', 'in-the-past');
    if (expiresOn > addDays(today, TOKEN.longest)) throw wrongField('expiresOn', 'too-late', { days: TOKEN.longest });
    const secret = newSecret();
    const token: AccessToken = {
      id: newId(), tokenHash: hashOf(secret), userId: actor.id!, membershipId: actor.membership, name, scopes: [...scopes], createdAt: this.clock.now(), expiresOn, lastUsedAt: null, revokedAt: null,
    };
    await this.asSignIn(actor, () => this.tokens.add(token));
    await this.audit.record(actor, 'token.made', { kind: 'token', id: token.id }, { scopes, expiresOn });
    return { token: this.view(actor, token, actor.place), secret: PREFIX + secret };
  }

  async revoke(actor: Actor, id: string): Promise<void> {
    const done = await this.asSignIn(actor, () => this.tokens.revoke(actor.id!, id, this.clock.now()));
    if (!done) throw notFound();
    await this.audit.record(actor, 'token.revoked', { kind: 'token', id });
  }

  /** Who is behind a token; null when it is unknown, revoked or expired, or its user or membership no longer counts. A unit of its own. */
  async resume(text: string): Promise<Actor | null> {
    const secret = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : null;
    if (!isSecret(secret)) return null;
    const now = this.clock.now();
    const found = await this.database.read(SIGN_IN, async () => {
      const alive = await this.tokens.alive(hashOf(secret));
      const actor = alive && (await this.actors.of(alive.user, alive.membership, { scopes: alive.token.scopes }));
      return alive && actor && alive.token.expiresOn > this.clock.today(actor.timeZone) ? { actor, token: alive.token } : null;
    });
    if (!found) return null;
    const { actor, token } = found;
    if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) >= SESSION.touch) await this.database.write(SIGN_IN, () => this.tokens.touch(token.id, now));
    return actor;
  }

  private view(actor: Actor, { id, name, scopes, createdAt, expiresOn, lastUsedAt }: AccessToken, place: string | null): TokenView {
    return {
      id, name, scopes, place, createdAt: createdAt.toISOString(), expiresOn, lastUsedAt: lastUsedAt?.toISOString() ?? null, isExpired: expiresOn <= this.clock.today(actor.timeZone),
    };
  }

  private asSignIn<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return this.database.as(Actor.system('sign-in', null, { onBehalfOf: actor.id }), work);
  }
}
