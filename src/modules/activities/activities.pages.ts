import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { isId } from '../../platform/id';
import { ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, NoUnit, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm, type FormState } from '../../platform/web/pages';
import { ParticipantsService } from '../participants';
import { StepEvidence } from '../pathways';
import { ContactSoFar, CorrectContact, LogContactForm, LookForContact, NewContactFilter, WithdrawContact } from './activities.dto';
import { ActivitiesService } from './activities.service';
import { MODES } from './activity.entity';
import { QuickContact, type QuickModel } from './quick-contact';

interface NewModel {
  quick: QuickModel;
  form: FormState;
  /** True where what is folded at first stands open: it was asked for, or something is wrong. */
  further: boolean;
  [key: string]: unknown;
}

@ApiExcludeController()
@Controller('activities')
export class ActivitiesPages {
  constructor(
    private readonly activities: ActivitiesService,
    private readonly participants: ParticipantsService,
    private readonly evidence: StepEvidence,
    private readonly quick: QuickContact,
  ) {}

  @Get('new')
  @Can('activity.log')
  @Page('activities/new')
  newForm(@CurrentActor() actor: Actor, @Filter(NewContactFilter) filter: NewContactFilter): Promise<object> {
    return this.newModel(actor, {}, filter);
  }

  @Post('new')
  @Can('activity.log')
  @Form('activities/new', 'newModel')
  async log(@CurrentActor() actor: Actor, @Filter(NewContactFilter) filter: NewContactFilter, @Input(LogContactForm) { q: _, ...command }: LogContactForm): Promise<Redirect> {
    await this.activities.log(actor, command);
    const [only, ...others] = command.participantIds;
    return redirect(ownPath(filter.back) ?? (filter.from === 'today' || others.length ? '/today' : `/participants/${only}`), 'activities.notice.logged');
  }

  /** Several people, another day, a place: the long form, with what was typed in the short one. */
  @Post('further')
  @HttpCode(200)
  @Can('activity.log')
  @Page('activities/new')
  @Form('activities/new', 'newModel')
  async further(@CurrentActor() actor: Actor, @Filter(NewContactFilter) filter: NewContactFilter, @Input(ContactSoFar) typed: ContactSoFar): Promise<object> {
    const model = await this.newModel(actor, {}, filter, blankForm({ participantIds: typed.participantIds }));
    return { ...model, form: blankForm({ ...model.form.values, ...typed }), further: true };
  }

  /** Names are looked for by POST: they stay out of addresses, histories and logs. The rest of the form comes along, and whoever was chosen stays in the list. */
  @Post('find')
  @HttpCode(200)
  @Can('activity.log')
  @Page('activities/new')
  @Form('activities/new', 'findModel')
  async find(@CurrentActor() actor: Actor, @Filter(NewContactFilter) filter: NewContactFilter, @Input(LookForContact) typed: LookForContact): Promise<object> {
    const found = (await this.participants.find(actor, typed.q)).map((one) => one.id);
    const { participantIds: chosen = [] } = typed;
    const model = await this.newModel(actor, {}, filter, blankForm({ participantIds: chosen.length === 0 && found.length === 1 ? found : chosen }));
    const ids = [...new Set([...chosen, ...found])];
    const people = (await this.participants.people(actor, ids.length, ids)).map(({ id, name }) => ({ value: id, label: name }));
    return {
      ...model, quick: found.length > 0 ? { ...model.quick, people, most: null } : model.quick, looked: { q: typed.q, count: found.length },
      form: blankForm({ ...model.form.values, ...typed, participantIds: model.form.values.participantIds }),
    };
  }

  /** What was looked for, before it is. */
  async findModel(actor: Actor, params: object, query: NewContactFilter, state: FormState): Promise<object> {
    return { ...await this.newModel(actor, params, query, state), looked: { count: null } };
  }

  /** A page that is asked by POST alone leads back to the form: who reloads it by its address, or in another language, is not lost. */
  @Get('further')
  @Can('activity.log')
  @NoUnit()
  fromFurther(): Redirect {
    return redirect('/activities/new');
  }

  @Get('find')
  @Can('activity.log')
  @NoUnit()
  fromFind(): Redirect {
    return redirect('/activities/new');
  }

  @Get(':id')
  @Can('activity.read')
  @Page('activities/activity')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    const { activity, may } = await this.activities.open(actor, id);
    const people = await this.peopleOf(actor, activity.participantIds);
    return { activity, may, people, names: people.map((one) => one.name) };
  }

  @Get(':id/correct')
  @Can('activity.log')
  @Page('activities/correct')
  correctForm(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.correctModel(actor, { id });
  }

  @Post(':id/correct')
  @Can('activity.log')
  @Form('activities/correct', 'correctModel')
  async correct(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(CorrectContact) command: CorrectContact): Promise<Redirect> {
    const isChanged = await this.activities.correct(actor, id, command);
    return redirect(`/activities/${id}`, `activities.notice.${isChanged ? 'corrected' : 'unchanged'}`);
  }

  @Get(':id/withdraw')
  @Can('activity.log')
  @Page('activities/withdraw')
  withdrawForm(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.withdrawModel(actor, { id });
  }

  @Post(':id/withdraw')
  @Can('activity.log')
  @Form('activities/withdraw', 'withdrawModel')
  async withdraw(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(WithdrawContact) command: WithdrawContact): Promise<Redirect> {
    await this.activities.withdraw(actor, id, command);
    return redirect(`/activities/${id}`, 'activities.notice.withdrawn');
  }

  async newModel(actor: Actor, _: object, query: NewContactFilter, state?: FormState): Promise<NewModel> {
    const quick = await this.quick.of(actor, { chosen: query.participant && !state ? [query.participant] : idsOf(state?.values.participantIds), kind: query.kind ?? null, from: query.from ?? 'person', back: query.back });
    return { quick, form: quick.form, looked: null, further: state !== undefined, choices: { ...this.quick.choices, modes: MODES } };
  }

  async correctModel(actor: Actor, { id }: { id?: string }): Promise<object> {
    const { activity } = await this.activities.open(actor, id!);
    const { kind, mode, place, happenedOn, minutes, outcome, note, version } = activity;
    return {
      activity, names: await this.namesOf(actor, activity.participantIds), resting: await this.evidence.restingOn(actor, activity.id, activity.participantIds), choices: { ...this.quick.choices, modes: MODES },
      form: blankForm({ kind, mode, place, happenedOn, minutes, outcome, note, version }),
    };
  }

  async withdrawModel(actor: Actor, { id }: { id?: string }): Promise<object> {
    const { activity } = await this.activities.open(actor, id!);
    const resting = await this.evidence.restingOn(actor, activity.id, activity.participantIds);
    return { activity, names: await this.namesOf(actor, activity.participantIds), resting, form: blankForm({ version: activity.version }) };
  }

  private async namesOf(actor: Actor, ids: readonly string[]): Promise<string[]> {
    return [...(await this.participants.names(actor, ids)).values()];
  }

  private async peopleOf(actor: Actor, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    return [...(await this.participants.names(actor, ids))].map(([id, name]) => ({ id, name }));
  }
}

/** With whom a form was sent: the list it opens with may not hold everybody. */
function idsOf(typed: unknown): string[] {
  return [...new Set<unknown>(Array.isArray(typed) ? typed : [typed])].filter(isId).slice(0, 50);
}
