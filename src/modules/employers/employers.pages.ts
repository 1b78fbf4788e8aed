import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor, Language } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Filter, Input, PathId } from '../../platform/web/input';
import { ReaderLanguage } from '../../platform/web/language';
import { Download, Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm, type FormState } from '../../platform/web/pages';
import { allows } from '../identity';
import { countryChoices } from '../programmes';
import { CreateEmployer, EditEmployer, EmployersFilter, MergeEmployer, MergeFilter, PlanNext } from './employers.dto';
import { SIZES } from './employers.entities';
import { EmployersService } from './employers.service';

interface Params { id?: string }

@ApiExcludeController()
@Controller('employers')
export class EmployersPages {
  constructor(
    private readonly employers: EmployersService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('employer.read')
  @Page('employers/list')
  async list(@CurrentActor() actor: Actor, @Filter(EmployersFilter) filter: EmployersFilter): Promise<object> {
    const { items, total, page, size } = await this.employers.list(actor, filter);
    const sectors = (await this.employers.sectors(actor)).map((value) => ({ value, label: value }));
    const isFiltered = Boolean(filter.q ?? filter.sector ?? filter.due);
    const today = this.clock.today(actor.timeZone);
    return { items: items.map((one) => ({ ...one, late: isLate(one.nextOn, today) })), total, page, pageSize: size, isFiltered, sort: filter.sort ?? 'name', descending: filter.order === 'desc', form: blankForm({ ...filter }), choices: { sectors }, csv: exportOf(filter) };
  }

  @Get('export')
  @Can('employer.read')
  async export(@CurrentActor() actor: Actor, @Filter(EmployersFilter) filter: EmployersFilter, @ReaderLanguage() language: Language): Promise<Download> {
    return new Download(`jalon-${this.clock.today(actor.timeZone)}.csv`, 'text/csv; charset=utf-8', await this.employers.export(actor, filter, language));
  }

  @Get('new')
  @Can('employer.edit')
  @Page('employers/form')
  newForm(@CurrentActor() actor: Actor): Promise<object> {
    return this.newModel(actor, {}, {});
  }

  @Post()
  @Can('employer.edit')
  @Form('employers/form', 'newModel')
  async create(@CurrentActor() actor: Actor, @Input(CreateEmployer) command: CreateEmployer): Promise<Redirect> {
    return redirect(`/employers/${await this.employers.create(actor, command)}`, 'employers.notice.created');
  }

  @Get(':id')
  @Can('employer.read')
  @Page('employers/employer')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.showModel(actor, { id });
  }

  @Get(':id/edit')
  @Can('employer.edit')
  @Page('employers/form')
  editForm(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.editModel(actor, { id });
  }

  @Post(':id/edit')
  @Can('employer.edit')
  @Form('employers/form', 'editModel')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditEmployer) command: EditEmployer): Promise<Redirect> {
    return redirect(`/employers/${id}`, `employers.notice.${(await this.employers.edit(actor, id, command)) ? 'saved' : 'unchanged'}`);
  }

  @Post(':id/next')
  @Can('employer.edit')
  @Form('employers/employer', 'showModel')
  async planNext(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(PlanNext) command: PlanNext): Promise<Redirect> {
    return redirect(`/employers/${id}`, `employers.notice.${(await this.employers.planNext(actor, id, command)) ? 'saved' : 'unchanged'}`);
  }

  @Get(':id/merge')
  @Can('employer.merge')
  @Page('employers/merge')
  mergeForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(MergeFilter) filter: MergeFilter): Promise<object> {
    return this.mergeModel(actor, { id }, filter);
  }

  @Post(':id/merge')
  @Can('employer.merge')
  @Form('employers/merge', 'mergeModel')
  async merge(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(MergeEmployer) command: MergeEmployer): Promise<Redirect> {
    await this.employers.merge(actor, { from: id, ...command });
    return redirect(`/employers/${command.into}`, 'employers.notice.merged');
  }

  /** @param state the form as it was sent: who looks alike is shown beside what was typed */
  async newModel(actor: Actor, _: Params, __: object, state?: FormState): Promise<object> {
    const typed = state?.values;
    const alike = typeof typed?.name === 'string' ? await this.employers.alike(actor, typed.name, typeof typed.registration === 'string' ? typed.registration : undefined) : [];
    return { employer: null, alike, action: '/employers', leave: '/employers', form: blankForm({ size: 'unknown' }), choices: choicesFor(actor) };
  }

  async editModel(actor: Actor, { id }: Params): Promise<object> {
    const employer = await this.employers.get(actor, id!);
    return { employer, alike: [], action: `/employers/${id}/edit`, leave: `/employers/${id}`, form: blankForm({ ...employer }), choices: choicesFor(actor) };
  }

  async showModel(actor: Actor, { id }: Params): Promise<object> {
    const employer = await this.employers.whole(actor, id!);
    const stays = employer.mergedInto ? await this.employers.get(actor, employer.mergedInto) : null;
    const { nextOn, nextWhat, version } = employer;
    return {
      employer, stays, late: isLate(nextOn, this.clock.today(actor.timeZone)), form: blankForm({ nextOn, nextWhat, version }),
      may: { edit: !stays && allows(actor.role, 'employer.edit'), merge: !stays && allows(actor.role, 'employer.merge') },
    };
  }

  async mergeModel(actor: Actor, { id }: Params, { into, q }: MergeFilter): Promise<object> {
    const employer = await this.employers.get(actor, id!);
    const preview = await this.employers.mergePreview(actor, id!);
    const found = q ? await this.employers.find(actor, q) : await this.employers.alike(actor, employer.name, employer.registration ?? undefined);
    const others = found.filter((one) => one.id !== id);
    return {
      employer, preview, others: others.map(({ id: value, name, place }) => ({ value, label: place ? `${name} · ${place}` : name })), looked: q ?? '', search: blankForm({ q: q ?? '' }),
      form: blankForm({ into: into ?? null, version: employer.version }),
    };
  }
}

function isLate(on: string | null, today: string): boolean {
  return on !== null && on < today;
}

function choicesFor({ language }: Actor): object {
  return { countries: countryChoices(language), sizes: SIZES };
}

function exportOf({ q, sector, due, sort, order }: EmployersFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ q, sector, due: due ? 'on' : undefined, sort, order })) if (value) query.set(name, value);
  return `/employers/export${query.size ? `?${query.toString()}` : ''}`;
}
