import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { LANGUAGES, ROLES, type Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { isId } from '../../../platform/id';
import { notFound } from '../../../platform/problem';
import { Filter, Input, PathId } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { ProgrammesService, ServiceSitesService } from '../../programmes';
import { ShownOnce } from '../shown-once';
import { LinksService } from '../sign-in/links.service';
import { AddMembership, AddUser, EditUser, GIVEN_ROLES, newMembership, SORTS, STATES, UsersFilter, VersionOnly } from './users.dto';
import { PAGE_SIZE } from './users.repository';
import { UsersService } from './users.service';

type Params = Record<string, string>;

const CHOICES = { roles: ROLES, states: STATES, sorts: SORTS };

@ApiExcludeController()
@Controller('users')
export class UsersPages {
  constructor(
    private readonly users: UsersService,
    private readonly links: LinksService,
    private readonly programmes: ProgrammesService,
    private readonly sites: ServiceSitesService,
    private readonly once: ShownOnce,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('user.read')
  @Page('identity/users')
  @Form('identity/users', 'nobody')
  async list(@CurrentActor() actor: Actor, @Filter(UsersFilter) filter: UsersFilter): Promise<object> {
    const { items, total, page } = await this.users.list(actor, filter);
    return {
      items: items.map((one) => ({ ...one, roles: one.memberships.filter(({ isActive }) => isActive) })), total, page, pageSize: PAGE_SIZE, isFiltered: Boolean(filter.q ?? filter.role ?? filter.state),
      form: blankForm({ ...filter }), choices: CHOICES,
    };
  }

  /** The page of a filter that makes no sense: the form says why, nobody is listed. */
  nobody(): object {
    return { items: [], total: 0, page: 1, pageSize: PAGE_SIZE, isFiltered: true, choices: CHOICES };
  }

  @Get('new')
  @Can('user.edit')
  @Page('identity/user-new')
  open(@CurrentActor() actor: Actor): Promise<object> {
    return this.newForm(actor);
  }

  @Post()
  @Can('user.edit')
  @Form('identity/user-new', 'newForm')
  async add(@CurrentActor() actor: Actor, @Input(AddUser) command: AddUser): Promise<Redirect> {
    const { name, email, language, ...membership } = command;
    const { id } = await this.users.addUser(actor, { name, email, language, memberships: [newMembership(membership)] });
    return redirect(`/users/${id}`, 'identity.notice.user-added');
  }

  @Get(':id')
  @Can('user.read')
  @Page('identity/user')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.userModel(actor, { id });
  }

  @Get(':id/edit')
  @Can('user.edit')
  @Page('identity/user-edit')
  edit(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.editForm(actor, { id });
  }

  @Post(':id')
  @Can('user.edit')
  @Form('identity/user-edit', 'editForm')
  async save(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditUser) command: EditUser): Promise<Redirect> {
    await this.users.editUser(actor, id, command);
    return redirect(`/users/${id}`, 'identity.notice.user-saved');
  }

  @Post(':id/disable')
  @Can('user.edit')
  @Form('identity/user', 'userModel')
  async disable(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(VersionOnly) { version }: VersionOnly): Promise<Redirect> {
    await this.users.disable(actor, id, version);
    return redirect(`/users/${id}`, 'identity.notice.user-disabled');
  }

  @Post(':id/enable')
  @Can('user.edit')
  @Form('identity/user', 'userModel')
  async enable(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(VersionOnly) { version }: VersionOnly): Promise<Redirect> {
    await this.users.enable(actor, id, version);
    return redirect(`/users/${id}`, 'identity.notice.user-enabled');
  }

  @Get(':id/memberships/new')
  @Can('user.edit')
  @Page('identity/membership-new')
  openMembership(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.membershipForm(actor, { id });
  }

  @Post(':id/memberships')
  @Can('user.edit')
  @Form('identity/membership-new', 'membershipForm')
  async addMembership(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddMembership) command: AddMembership): Promise<Redirect> {
    await this.users.addMembership(actor, id, newMembership(command));
    return redirect(`/users/${id}`, 'identity.notice.membership-added');
  }

  @Post(':id/memberships/:membership/end')
  @Can('user.edit')
  @Form('identity/user', 'userModel')
  async endMembership(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('membership') membership: string, @Input(VersionOnly) { version }: VersionOnly,
  ): Promise<Redirect> {
    await this.users.endMembership(actor, id, membership, version);
    return redirect(`/users/${id}`, 'identity.notice.membership-ended');
  }

  @Post(':id/link')
  @Can('user.edit')
  async makeLink(@CurrentActor() actor: Actor, @PathId('id') id: string, @Res({ passthrough: true }) response: Response): Promise<Redirect> {
    const { url, expiresAt } = await this.links.make(actor, id);
    this.once.leave(response, id, `${expiresAt} ${url}`);
    return redirect(`/users/${id}/link`);
  }

  @Get(':id/link')
  @Can('user.edit')
  @Page('identity/user-link')
  async showLink(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @Req() request: Request, @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const user = await this.users.user(actor, id);
    const [expiresAt, url] = this.once.take(request, response, id)?.split(' ') ?? [];
    if (expiresAt === undefined || url === undefined) return { user, link: null };
    const minutes = Math.round((Date.parse(expiresAt) - this.clock.now().getTime()) / 60_000);
    return { user, link: { url, minutes, days: Math.round(minutes / 1_440) } };
  }

  async userModel(actor: Actor, { id = '' }: Params): Promise<object> {
    if (!isId(id)) throw notFound();
    const user = await this.users.user(actor, id);
    const today = this.clock.today(actor.timeZone);
    // A role that ends later may end sooner; the one that this session works under ends by another's hand.
    const memberships = user.memberships.map((one) => ({ ...one, mayEnd: (one.endsOn === null || one.endsOn > today) && one.id !== actor.membership }));
    return { user, memberships, isSelf: id === actor.id, form: blankForm() };
  }

  async newForm(actor: Actor): Promise<object> {
    return { form: blankForm({ role: 'coach', language: actor.language, startsOn: this.clock.today(actor.timeZone) }), choices: await this.choices(actor) };
  }

  async editForm(actor: Actor, { id = '' }: Params): Promise<object> {
    if (!isId(id)) throw notFound();
    const user = await this.users.user(actor, id);
    const { name, email, language, version } = user;
    return { user, form: blankForm({ name, email, language, version }), choices: { languages: LANGUAGES } };
  }

  async membershipForm(actor: Actor, { id = '' }: Params): Promise<object> {
    if (!isId(id)) throw notFound();
    const user = await this.users.user(actor, id);
    return { user, form: blankForm({ role: 'coach', startsOn: this.clock.today(actor.timeZone) }), choices: await this.choices(actor) };
  }

  private async choices(actor: Actor): Promise<object> {
    const services = await this.programmes.services(actor);
    const programmes = await this.programmes.programmes(actor);
    const federations = await this.programmes.federations(actor);
    const sites = await this.sites.openOf(actor, services.map(({ id }) => id));
    const ofService = services.flatMap((one) => sites.filter(({ serviceId }) => serviceId === one.id).map(({ id, name }) => ({ value: id, label: `${one.name} · ${name}` })));
    return { roles: GIVEN_ROLES, languages: LANGUAGES, services: options(services), sites: ofService, programmes: options(programmes), federations: options(federations) };
  }
}

function options(list: readonly { id: string; name: string }[]): { value: string; label: string }[] {
  return list.map(({ id, name }) => ({ value: id, label: name }));
}
