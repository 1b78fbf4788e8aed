import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { notFound } from '../../../platform/problem';
import { PathId } from '../../../platform/web/input';
import { Page, redirect, type Redirect } from '../../../platform/web/page';
import { SESSION } from '../limits';
import { allows } from '../rights';
import { UsersService } from '../users/users.service';
import { SessionCookies } from './session-cookies';
import { SessionsService } from './sessions.service';

/** The own sessions, and the membership that this one works under. */
@ApiExcludeController()
@Controller()
export class SessionsPages {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly cookies: SessionCookies,
  ) {}

  @Post('sign-out')
  @Can('session.own')
  async signOut(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<Redirect> {
    await this.sessions.signOut(actor);
    this.cookies.close(response);
    response.set('Clear-Site-Data', '"cache", "storage"');
    return redirect('/sign-in', 'identity.notice.signed-out');
  }

  @Get('sessions')
  @Can('session.own')
  @Page('identity/sessions')
  async list(@CurrentActor() actor: Actor): Promise<object> {
    const items = await this.sessions.list(actor);
    return { items, hasOthers: items.some((one) => !one.isThis), limits: { most: SESSION.most, idle: SESSION.idle / 60_000, hours: SESSION.absolute / 3_600_000 }, mayMakeTokens: allows(actor.role, 'token.own') };
  }

  @Post('sessions/end-others')
  @Can('session.own')
  async endOthers(@CurrentActor() actor: Actor): Promise<Redirect> {
    await this.sessions.endOthers(actor);
    return redirect('/sessions', 'identity.notice.others-ended');
  }

  @Post('sessions/:id/end')
  @Can('session.own')
  async end(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<Redirect> {
    await this.sessions.end(actor, id);
    return redirect('/sessions', 'identity.notice.session-closed');
  }

  @Get('memberships')
  @Can('membership.own')
  @Page('identity/memberships')
  async memberships(@CurrentActor() actor: Actor): Promise<object> {
    return { items: (await this.users.activeMemberships(actor)).map((one) => ({ ...one, isThis: one.id === actor.membership })) };
  }

  @Post('memberships/:id/use')
  @Can('membership.own')
  async use(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @Req() request: Request, @Res({ passthrough: true }) response: Response,
  ): Promise<Redirect> {
    const chosen = (await this.users.activeMemberships(actor)).find((one) => one.id === id);
    if (!chosen) throw notFound();
    this.cookies.open(response, await this.sessions.replace(actor, id, request.get('user-agent') ?? ''));
    return redirect('/');
  }
}
