import { Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Database } from '../../../platform/database/database';
import { Input, PathId } from '../../../platform/web/input';
import { NoUnit } from '../../../platform/web/page';
import { Repeats } from '../../../platform/web/repeats';
import { MakeToken, type TokenView } from './tokens.dto';
import { TokensService } from './tokens.service';

@ApiTags('own account')
@Controller('api/v1/tokens')
export class TokensApi {
  constructor(
    private readonly tokens: TokensService,
    private readonly database: Database,
    private readonly repeats: Repeats,
  ) {}

  /** Lists the personal tokens of the user, without their secrets. */
  @Get()
  @Can('token.own')
  async list(@CurrentActor() actor: Actor): Promise<{ items: TokenView[] }> {
    return { items: await this.tokens.list(actor) };
  }

  /** Makes a personal token. Asked from a session only: a token makes no token. The secret is shown this once. */
  // In a unit of its own, because an answer that holds a secret must not be kept for repeats: a repeat is refused.
  @Post()
  @NoUnit()
  @Can('token.own')
  make(@CurrentActor() actor: Actor, @Input(MakeToken) command: MakeToken, @Req() request: Request): Promise<{ token: TokenView; secret: string }> {
    return this.database.write(actor, () => this.repeats.onceOnly(actor, request, () => this.tokens.make(actor, command)));
  }

  /** Revokes a personal token, at once and for good. */
  @Delete(':id')
  @HttpCode(204)
  @Can('token.own')
  revoke(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<void> {
    return this.tokens.revoke(actor, id);
  }
}
