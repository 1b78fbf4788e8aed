import { Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter, Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { DealingsService } from './dealings.service';
import {
  AddPartnerContact, AddSite, CorrectDealing, CreateEmployer, EditEmployer, EditPartnerContact, EditSite, EmployersFilter, LogDealing, MergeEmployer, PlanNext, WithdrawDealing,
  type EmployersPageView, type EmployerView, type MergePreview, type WholeEmployerView,
} from './employers.dto';
import { EmployersService } from './employers.service';

@ApiTags('employers')
@Controller('api/v1/employers')
export class EmployersApi {
  constructor(
    private readonly employers: EmployersService,
    private readonly dealings: DealingsService,
  ) {}

  /** Lists the employers of the service, a page at a time; accents do not matter in what is looked for. */
  @Get()
  @Can('employer.read')
  list(@CurrentActor() actor: Actor, @Filter(EmployersFilter) filter: EmployersFilter): Promise<EmployersPageView> {
    return this.employers.list(actor, filter);
  }

  /** Adds an employer. Where one looks alike it is refused until `confirmedNew` says that none of them is meant. */
  @Post()
  @Can('employer.edit')
  async create(@CurrentActor() actor: Actor, @Input(CreateEmployer) command: CreateEmployer): Promise<Created<EmployerView>> {
    const id = await this.employers.create(actor, command);
    return created(`/api/v1/employers/${id}`, await this.employers.get(actor, id));
  }

  /** Reads an employer with its sites, the people there and what was done with it. */
  @Get(':id')
  @Can('employer.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<WholeEmployerView> {
    return this.employers.whole(actor, id);
  }

  /** Changes an employer. */
  @Put(':id')
  @Can('employer.edit')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditEmployer) command: EditEmployer): Promise<WholeEmployerView> {
    await this.employers.edit(actor, id, command);
    return this.employers.whole(actor, id);
  }

  /** Says what comes next with an employer, and when; or that nothing is planned. */
  @Put(':id/next')
  @Can('employer.edit')
  async planNext(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(PlanNext) command: PlanNext): Promise<WholeEmployerView> {
    await this.employers.planNext(actor, id, command);
    return this.employers.whole(actor, id);
  }

  /** Adds a site. */
  @Post(':id/sites')
  @Can('employer.edit')
  async addSite(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddSite) command: AddSite): Promise<Created<WholeEmployerView>> {
    await this.employers.addSite(actor, id, command);
    return created(`/api/v1/employers/${id}`, await this.employers.whole(actor, id));
  }

  /** Changes a site, or says since when it is closed. */
  @Put(':id/sites/:site')
  @Can('employer.edit')
  async editSite(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('site') site: string, @Input(EditSite) command: EditSite): Promise<WholeEmployerView> {
    await this.employers.editSite(actor, id, site, command);
    return this.employers.whole(actor, id);
  }

  /** Adds somebody who works there, with a role. */
  @Post(':id/contacts')
  @Can('employer.edit')
  async addContact(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddPartnerContact) command: AddPartnerContact): Promise<Created<WholeEmployerView>> {
    await this.employers.addContact(actor, id, command);
    return created(`/api/v1/employers/${id}`, await this.employers.whole(actor, id));
  }

  /** Changes somebody who works there, or says since when they have left. */
  @Put(':id/contacts/:contact')
  @Can('employer.edit')
  async editContact(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('contact') contact: string, @Input(EditPartnerContact) command: EditPartnerContact): Promise<WholeEmployerView> {
    await this.employers.editContact(actor, id, contact, command);
    return this.employers.whole(actor, id);
  }

  /** Notes what was done with an employer. */
  @Post(':id/dealings')
  @Can('employer.edit')
  async log(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(LogDealing) command: LogDealing): Promise<Created<WholeEmployerView>> {
    await this.dealings.log(actor, id, command);
    return created(`/api/v1/employers/${id}`, await this.employers.whole(actor, id));
  }

  /** Corrects what was noted: its author, within a week. */
  @Put(':id/dealings/:dealing')
  @Can('employer.edit')
  async correct(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('dealing') dealing: string, @Input(CorrectDealing) command: CorrectDealing): Promise<WholeEmployerView> {
    await this.dealings.correct(actor, id, dealing, command);
    return this.employers.whole(actor, id);
  }

  /** Withdraws what was noted in error. It stays readable, with the reason. */
  @Post(':id/dealings/:dealing/withdraw')
  @HttpCode(200)
  @Can('employer.edit')
  async withdraw(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('dealing') dealing: string, @Input(WithdrawDealing) command: WithdrawDealing): Promise<WholeEmployerView> {
    await this.dealings.withdraw(actor, id, dealing, command);
    return this.employers.whole(actor, id);
  }

  /** Counts what would move if this employer were made one with another. */
  @Get(':id/merge')
  @Can('employer.merge')
  preview(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<MergePreview> {
    return this.employers.mergePreview(actor, id);
  }

  /** Makes this employer one with another: everything moves to the one that stays. */
  @Post(':id/merge')
  @HttpCode(200)
  @Can('employer.merge')
  async merge(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(MergeEmployer) command: MergeEmployer): Promise<WholeEmployerView> {
    await this.employers.merge(actor, { from: id, ...command });
    return this.employers.whole(actor, command.into);
  }
}
