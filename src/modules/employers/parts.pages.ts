import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { notFound } from '../../platform/problem';
import { Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { DealingsService } from './dealings.service';
import { AddPartnerContact, AddSite, CorrectDealing, EditPartnerContact, EditSite, LogDealing, WithdrawDealing, type WholeEmployerView } from './employers.dto';
import { CONTACT_ROLES, DEALING_KINDS, DEALING_MODES, DEALING_OUTCOMES } from './employers.entities';
import { EmployersService } from './employers.service';

interface Params { id?: string; site?: string; contact?: string; dealing?: string }

/** The forms of what hangs on an employer: its sites, the people there, what was done with it. */
@ApiExcludeController()
@Controller('employers/:id')
export class PartsPages {
  constructor(
    private readonly employers: EmployersService,
    private readonly dealings: DealingsService,
    private readonly clock: Clock,
  ) {}

  @Get('sites/new')
  @Can('employer.edit')
  @Page('employers/site')
  newSite(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.siteModel(actor, { id });
  }

  @Post('sites')
  @Can('employer.edit')
  @Form('employers/site', 'siteModel')
  async addSite(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddSite) command: AddSite): Promise<Redirect> {
    await this.employers.addSite(actor, id, command);
    return done(id, true);
  }

  @Get('sites/:site')
  @Can('employer.edit')
  @Page('employers/site')
  oneSite(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('site') site: string): Promise<object> {
    return this.siteModel(actor, { id, site });
  }

  @Post('sites/:site')
  @Can('employer.edit')
  @Form('employers/site', 'siteModel')
  async editSite(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('site') site: string, @Input(EditSite) command: EditSite): Promise<Redirect> {
    return done(id, await this.employers.editSite(actor, id, site, command));
  }

  @Get('contacts/new')
  @Can('employer.edit')
  @Page('employers/contact')
  newContact(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.contactModel(actor, { id });
  }

  @Post('contacts')
  @Can('employer.edit')
  @Form('employers/contact', 'contactModel')
  async addContact(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddPartnerContact) command: AddPartnerContact): Promise<Redirect> {
    await this.employers.addContact(actor, id, command);
    return done(id, true);
  }

  @Get('contacts/:contact')
  @Can('employer.edit')
  @Page('employers/contact')
  oneContact(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('contact') contact: string): Promise<object> {
    return this.contactModel(actor, { id, contact });
  }

  @Post('contacts/:contact')
  @Can('employer.edit')
  @Form('employers/contact', 'contactModel')
  async editContact(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('contact') contact: string, @Input(EditPartnerContact) command: EditPartnerContact): Promise<Redirect> {
    return done(id, await this.employers.editContact(actor, id, contact, command));
  }

  @Get('dealings/new')
  @Can('employer.edit')
  @Page('employers/dealing')
  newDealing(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.dealingModel(actor, { id });
  }

  @Post('dealings')
  @Can('employer.edit')
  @Form('employers/dealing', 'dealingModel')
  async log(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(LogDealing) command: LogDealing): Promise<Redirect> {
    await this.dealings.log(actor, id, command);
    return redirect(`/employers/${id}`, 'employers.notice.logged');
  }

  @Get('dealings/:dealing')
  @Can('employer.edit')
  @Page('employers/dealing')
  oneDealing(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('dealing') dealing: string): Promise<object> {
    return this.dealingModel(actor, { id, dealing });
  }

  @Post('dealings/:dealing')
  @Can('employer.edit')
  @Form('employers/dealing', 'dealingModel')
  async correct(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('dealing') dealing: string, @Input(CorrectDealing) command: CorrectDealing): Promise<Redirect> {
    return done(id, await this.dealings.correct(actor, id, dealing, command));
  }

  @Get('dealings/:dealing/withdraw')
  @Can('employer.edit')
  @Page('employers/withdraw')
  withdrawForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('dealing') dealing: string): Promise<object> {
    return this.withdrawModel(actor, { id, dealing });
  }

  @Post('dealings/:dealing/withdraw')
  @Can('employer.edit')
  @Form('employers/withdraw', 'withdrawModel')
  async withdraw(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('dealing') dealing: string, @Input(WithdrawDealing) command: WithdrawDealing): Promise<Redirect> {
    await this.dealings.withdraw(actor, id, dealing, command);
    return redirect(`/employers/${id}`, 'employers.notice.withdrawn');
  }

  async siteModel(actor: Actor, { id, site }: Params): Promise<object> {
    const employer = await this.employers.whole(actor, id!);
    const known = site ? oneOf(employer.sites, site) : null;
    return { employer, known, action: `/employers/${id}/sites${known ? `/${known.id}` : ''}`, form: blankForm(known ? { ...known } : {}) };
  }

  async contactModel(actor: Actor, { id, contact }: Params): Promise<object> {
    const employer = await this.employers.whole(actor, id!);
    const known = contact ? oneOf(employer.contacts, contact) : null;
    const sites = employer.sites.filter((one) => one.closedOn === null || one.id === known?.siteId).map(({ id: value, name }) => ({ value, label: name }));
    return { employer, known, action: `/employers/${id}/contacts${known ? `/${known.id}` : ''}`, form: blankForm(known ? { ...known } : {}), choices: { roles: CONTACT_ROLES, sites } };
  }

  async dealingModel(actor: Actor, { id, dealing }: Params): Promise<object> {
    const employer = await this.employers.whole(actor, id!);
    const known = dealing ? oneOf(employer.dealings, dealing) : null;
    const contacts = employer.contacts.filter((one) => one.leftOn === null || one.id === known?.contactId).map(({ id: value, name }) => ({ value, label: name }));
    return {
      employer, known, action: `/employers/${id}/dealings${known ? `/${known.id}` : ''}`, choices: { kinds: DEALING_KINDS, modes: DEALING_MODES, outcomes: DEALING_OUTCOMES, contacts },
      form: blankForm(known ? { ...known } : { kind: 'prospecting', mode: 'call', outcome: 'done', minutes: 15, happenedOn: this.clock.today(actor.timeZone) }),
    };
  }

  async withdrawModel(actor: Actor, { id, dealing }: Params): Promise<object> {
    const employer = await this.employers.whole(actor, id!);
    const known = oneOf(employer.dealings, dealing!);
    return { employer, dealing: known, form: blankForm({ version: known.version }) };
  }
}

/** One of those that the employer has. */
function oneOf<T extends WholeEmployerView['sites' | 'contacts' | 'dealings'][number]>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

const done = (id: string, isChanged: boolean): Redirect => redirect(`/employers/${id}`, `employers.notice.${isChanged ? 'saved' : 'unchanged'}`);
