import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor, Language, Role } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { PathId } from '../../../platform/web/input';
import type { MembershipView } from '../users/users.dto';
import { UsersService } from '../users/users.service';
import type { SessionView } from './sessions.dto';
import { SessionsService } from './sessions.service';

interface MeView {
  id: string;
  name: string;
  email: string;
  language: Language;
  role: Role;
  place: string | null;
  timeZone: string;
  membership: string | null;
  scopes: readonly string[] | null;
  memberships: MembershipView[];
}

@ApiTags('own account')
@Controller('api/v1')
export class SessionsApi {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
  ) {}

  /** Tells who is calling, in which role and where. */
  @Get('me')
  @Can('membership.own')
  async me(@CurrentActor() actor: Actor): Promise<MeView> {
    const { id, name, email, language } = await this.users.user(actor, actor.id!);
    const { role, place, timeZone, membership, scopes } = actor;
    return { id, name, email, language, role, place, timeZone, membership, scopes, memberships: await this.users.activeMemberships(actor) };
  }

  /** Lists the open sessions of the user. */
  @Get('sessions')
  @Can('session.own')
  async list(@CurrentActor() actor: Actor): Promise<{ items: SessionView[] }> {
    return { items: await this.sessions.list(actor) };
  }

  /** Ends all other sessions of the user. */
  @Post('sessions/end-others')
  @HttpCode(200)
  @Can('session.own')
  async endOthers(@CurrentActor() actor: Actor): Promise<{ ended: number }> {
    return { ended: await this.sessions.endOthers(actor) };
  }

  /** Ends one session of the user. */
  @Delete('sessions/:id')
  @HttpCode(204)
  @Can('session.own')
  end(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<void> {
    return this.sessions.end(actor, id);
  }
}
