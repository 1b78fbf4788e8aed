import { Controller, Get, HttpCode, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Database } from '../../../platform/database/database';
import { Filter, Input, PathId } from '../../../platform/web/input';
import { created, NoUnit, type Created } from '../../../platform/web/page';
import { Repeats } from '../../../platform/web/repeats';
import { LinksService, type LinkMade } from '../sign-in/links.service';
import { AddMembership, AddUser, EditUser, newMembership, UsersFilter, VersionOnly, type MembershipView, type UserView } from './users.dto';
import { UsersService } from './users.service';

@ApiTags('users')
@Controller('api/v1/users')
export class UsersApi {
  constructor(
    private readonly users: UsersService,
    private readonly links: LinksService,
    private readonly database: Database,
    private readonly repeats: Repeats,
  ) {}

  /** Lists users. */
  @Get()
  @Can('user.read')
  list(@CurrentActor() actor: Actor, @Filter(UsersFilter) filter: UsersFilter): Promise<{ items: UserView[]; total: number; page: number; pages: number }> {
    return this.users.list(actor, filter);
  }

  /** Adds a user with a first membership. */
  @Post()
  @Can('user.edit')
  async add(@CurrentActor() actor: Actor, @Input(AddUser) command: AddUser): Promise<Created<UserView>> {
    const { name, email, language, ...membership } = command;
    const view = await this.users.addUser(actor, { name, email, language, memberships: [newMembership(membership)] });
    return created(`/api/v1/users/${view.id}`, view);
  }

  /** Reads a user with all memberships. */
  @Get(':id')
  @Can('user.read')
  user(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<UserView> {
    return this.users.user(actor, id);
  }

  /** Changes name, address or language of a user. */
  @Put(':id')
  @Can('user.edit')
  edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditUser) command: EditUser): Promise<UserView> {
    return this.users.editUser(actor, id, command);
  }

  /** Disables a user. Sessions and links end at once, tokens are refused. */
  @Post(':id/disable')
  @HttpCode(200)
  @Can('user.edit')
  disable(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(VersionOnly) { version }: VersionOnly): Promise<UserView> {
    return this.users.disable(actor, id, version);
  }

  /** Enables a user again. */
  @Post(':id/enable')
  @HttpCode(200)
  @Can('user.edit')
  enable(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(VersionOnly) { version }: VersionOnly): Promise<UserView> {
    return this.users.enable(actor, id, version);
  }

  /** Gives a user one more membership. */
  @Post(':id/memberships')
  @Can('user.edit')
  async addMembership(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddMembership) command: AddMembership): Promise<Created<MembershipView>> {
    return created(`/api/v1/users/${id}`, await this.users.addMembership(actor, id, newMembership(command)));
  }

  /** Ends a membership of a user today. */
  @Post(':id/memberships/:membership/end')
  @HttpCode(200)
  @Can('user.edit')
  async endMembership(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('membership') membership: string, @Input(VersionOnly) { version }: VersionOnly,
  ): Promise<UserView> {
    await this.users.endMembership(actor, id, membership, version);
    return this.users.user(actor, id);
  }

  /** Makes a one-time link with which a user sets a password. The earlier links of the user stop working. */
  // In a unit of its own, because an answer that holds a secret must not be kept for repeats: a repeat is refused.
  @Post(':id/link')
  @NoUnit()
  @Can('user.edit')
  makeLink(@CurrentActor() actor: Actor, @PathId('id') id: string, @Req() request: Request): Promise<LinkMade> {
    return this.database.write(actor, () => this.repeats.onceOnly(actor, request, () => this.links.make(actor, id)));
  }
}
