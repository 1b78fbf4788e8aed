import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { addDays } from '../../../platform/days';
import { Input, PathId } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { ShownOnce } from '../shown-once';
import { MakeToken, TOKEN_SCOPES } from './tokens.dto';
import { TokensService } from './tokens.service';

@ApiExcludeController()
@Controller('tokens')
export class TokensPages {
  constructor(
    private readonly tokens: TokensService,
    private readonly once: ShownOnce,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('token.own')
  @Page('identity/tokens')
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<object> {
    return { ...(await this.form(actor)), made: this.once.take(request, response, 'token') };
  }

  @Post()
  @Can('token.own')
  @Form('identity/tokens', 'form')
  async make(@CurrentActor() actor: Actor, @Input(MakeToken) command: MakeToken, @Res({ passthrough: true }) response: Response): Promise<Redirect> {
    const { secret } = await this.tokens.make(actor, command);
    this.once.leave(response, 'token', secret);
    return redirect('/tokens');
  }

  @Post(':id/revoke')
  @Can('token.own')
  async revoke(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<Redirect> {
    await this.tokens.revoke(actor, id);
    return redirect('/tokens', 'identity.notice.token-revoked');
  }

  async form(actor: Actor): Promise<object> {
    const soon = addDays(this.clock.today(actor.timeZone), 90);
    return { items: await this.tokens.list(actor), made: null, form: blankForm({ scopes: ['read'], expiresOn: soon }), choices: { scopes: TOKEN_SCOPES } };
  }
}
