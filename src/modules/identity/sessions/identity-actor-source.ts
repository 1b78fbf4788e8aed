import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Actor } from '../../../platform/access/actor';
import { ActorSource } from '../../../platform/access/sources';
import { cookieOf } from '../../../platform/web/cookies';
import { KeptForms, type KeptForm } from '../../../platform/web/kept-forms';
import { isLanguage } from '../../../platform/web/language';
import { Notices } from '../../../platform/web/notice';
import { blankForm } from '../../../platform/web/pages';
import { tokenRefused } from '../identity.problems';
import { TokensService } from '../tokens/tokens.service';
import { SessionCookies } from './session-cookies';
import { SessionsService } from './sessions.service';

const BEARER = /^Bearer +(\S+)$/i;

/** A token in the API's header, a session in the browser's cookie, or nobody: a stranger costs the database nothing. */
@Injectable()
export class IdentityActorSource extends ActorSource {
  constructor(
    private readonly sessions: SessionsService,
    private readonly tokens: TokensService,
    private readonly cookies: SessionCookies,
    private readonly notices: Notices,
    private readonly kept: KeptForms,
  ) {
    super();
  }

  async actorOf(request: Request): Promise<Actor> {
    const token = request.path.startsWith('/api/') ? BEARER.exec(request.get('authorization') ?? '')?.[1] : undefined;
    if (token !== undefined) return this.ofToken(token, request);
    const secret = this.cookies.session(request);
    if (!secret) return Actor.anonymous();
    const actor = await this.sessions.resume(secret);
    if (!actor) this.forget(request);
    return actor ? inLanguage(actor, request) : Actor.anonymous();
  }

  override async givesBack(request: Request, form: KeptForm): Promise<{ template: string; model: object } | null> {
    const { actor } = request;
    const template = 'identity/sign-in';
    if (actor?.id) return await this.sessions.opened(actor, form) ? { template, model: { form: blankForm(), refusal: null, givenBack: form } } : null;
    const kept = this.kept.close(form);
    return kept === null ? null : { template, model: { form: blankForm({ to: '/', kept }), refusal: null, givenBack: null } };
  }

  private async ofToken(token: string, request: Request): Promise<Actor> {
    const actor = await this.tokens.resume(token);
    if (!actor) throw tokenRefused();
    return inLanguage(actor, request);
  }

  /** The browser drops its dead cookie, and its next page says why. */
  private forget(request: Request): void {
    if (!request.res) return;
    this.cookies.close(request.res);
    this.notices.leave(request, request.res, 'identity.notice.session-ended');
  }
}

/** The language chosen in this browser goes before the account's own. */
function inLanguage(actor: Actor, request: Request): Actor {
  const chosen = cookieOf(request, 'lang');
  return isLanguage(chosen) && chosen !== actor.language ? new Actor({ ...actor, language: chosen }) : actor;
}
