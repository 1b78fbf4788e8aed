import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { isDay, type Day } from '../../../platform/days';
import { notFound } from '../../../platform/problem';
import { Back, formWay, ownPath } from '../../../platform/web/back';
import { Filter, Input, PathId } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm, type FormState } from '../../../platform/web/pages';
import { AgendaService } from '../../agenda';
import { allows } from '../../identity';
import {
  AnnulStep, EditReferral, ENTITLEMENTS, EnrolmentsService, EXPLAINED_FORMATS, MovesService, notOfThisAddress, OpenEnrolment, Pause, PausesService, ProtocolsService, Resume, SOURCES, StepsService, TakeStep, type EnrolmentView,
} from '../../pathways';
import { ParticipantsService } from '../register/participants.service';
import { actsNow, isOnward, onwardFrom, stepShown, tasksShown } from './pathway.views';
import { ReferralsService } from './referrals.service';

type Params = Record<string, string>;

/** A person's tab "pathway", and the pages on which a referral is written and a step is taken. */
@ApiExcludeController()
@Controller('participants/:id')
export class PathwayPages {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly referrals: ReferralsService,
    private readonly steps: StepsService,
    private readonly pauses: PausesService,
    private readonly versions: MovesService,
    private readonly protocols: ProtocolsService,
    private readonly agenda: AgendaService,
    private readonly clock: Clock,
  ) {}

  @Get('pathway')
  @Can('enrolment.read')
  @Page('participants/pathway')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    await this.participants.open(actor, id);
    const here = `/participants/${id}/pathway`;
    const history = await this.enrolments.historyOf(actor, id);
    const entries = await this.agenda.openOf(actor, id);
    const today = this.clock.today(actor.timeZone);
    const may = { open: allows(actor.role, 'enrolment.open'), take: allows(actor.role, 'step.take'), pause: allows(actor.role, 'enrolment.pause'), annul: allows(actor.role, 'step.annul'), move: allows(actor.role, 'step.deviate'), tick: allows(actor.role, 'agenda.done') };
    const enrolments = [];
    const all = await this.enrolments.ofParticipant(actor, id);
    // What is about the person and no one enrolment stands beside the first that is open.
    const first = all.find((one) => one.closedOn === null)?.id ?? null;
    for (const one of all) {
      // A success may be left again, and leads on to what becomes of it; an exit leads nowhere.
      const steps = (await this.steps.possible(actor, one.id)).map((step) => stepShown(step, here));
      enrolments.push({
        ...one, href: `${here}/${one.id}`, resume: blankForm({ version: one.version }), referral: await this.enrolments.referralOf(actor, one.id), last: may.annul ? (await this.steps.annulment(actor, one.id)).last : null, newer: one.closedOn ? null : (await this.versions.moves(actor, one.id))[0]?.number ?? null,
        onward: steps.filter((step) => isOnward(step, one.stage)), other: steps.filter((step) => !isOnward(step, one.stage)), history: history.filter(({ enrolmentId }) => enrolmentId === one.id),
        tasks: tasksShown(entries.filter(({ enrolmentId }) => enrolmentId === one.id || (enrolmentId === null && one.id === first)), here, today),
      });
    }
    return { header: onwardFrom(await this.participants.header(actor, id, 'pathway'), here, enrolments), enrolments, may };
  }

  @Get('enrolments/new')
  @Can('enrolment.open')
  @Page('participants/referral')
  newEnrolment(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.openForm(actor, { id });
  }

  @Post('enrolments')
  @Can('enrolment.open')
  @Form('participants/referral', 'openForm')
  async open(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(OpenEnrolment) command: OpenEnrolment): Promise<Redirect> {
    await this.referrals.open(actor, id, command);
    return redirect(`/participants/${id}/pathway`, 'participants.notice.referred');
  }

  async openForm(actor: Actor, { id }: Params, _: Params = {}, state?: FormState): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const choices = await this.protocols.choices(actor);
    const operations = [...new Map(choices.map((one) => [one.operationId, { value: one.operationId, label: one.operationName }])).values()];
    const pathways = [...new Set(choices.map((one) => one.pathway))];
    const form = blankForm({ receivedOn: this.clock.today(actor.timeZone), ...(operations.length === 1 ? { operationId: operations[0]!.value } : {}) });
    return { person, ...formWay(`/participants/${id}/enrolments`, `/participants/${id}/pathway`, null), opening: true, entitled: isEntitled(state?.values ?? {}), operations, pathways, sources: SOURCES, entitlements: ENTITLEMENTS, form };
  }

  @Get('enrolments/:enrolment/referral')
  @Can('referral.answer')
  @Page('participants/referral')
  referral(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Filter(Back) from: Back): Promise<object> {
    return this.referralForm(actor, { id, enrolment }, from);
  }

  @Post('enrolments/:enrolment/referral')
  @Can('referral.answer')
  @Form('participants/referral', 'referralForm')
  async editReferral(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Filter(Back) { back }: Back, @Input(EditReferral) command: EditReferral): Promise<Redirect> {
    await this.of(actor, id, enrolment);
    await this.enrolments.editReferral(actor, enrolment, command);
    return redirect(ownPath(back) ?? `/participants/${id}/pathway`, 'participants.notice.saved');
  }

  async referralForm(actor: Actor, { id, enrolment }: Params, { back }: Back, state?: FormState): Promise<object> {
    const person = await this.participants.open(actor, id!);
    await this.of(actor, id!, enrolment!);
    const referral = await this.enrolments.referralOf(actor, enrolment!);
    return {
      person, ...formWay(`/participants/${id}/enrolments/${enrolment}/referral`, `/participants/${id}/pathway`, back), opening: false,
      entitled: isEntitled({ ...referral, ...state?.values }), operations: [], pathways: [], sources: SOURCES, entitlements: ENTITLEMENTS, form: blankForm({ ...referral }),
    };
  }

  @Get('pathway/:enrolment/steps/:key')
  @Can('enrolment.read')
  @Page('participants/step')
  step(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Param('key') key: string): Promise<object> {
    return this.stepForm(actor, { id, enrolment, key });
  }

  @Post('pathway/:enrolment/steps/:key')
  @Can('step.take')
  @Form('participants/step', 'stepForm')
  async take(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Param('key') key: string, @Input(TakeStep) command: TakeStep): Promise<Redirect> {
    await this.of(actor, id, enrolment);
    if (command.step !== key) throw notOfThisAddress();
    await this.steps.take(actor, enrolment, command);
    return redirect(`/participants/${id}/pathway`, 'participants.notice.stepTaken');
  }

  async stepForm(actor: Actor, { id, enrolment, key }: Params, _: Params = {}, state?: FormState): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const { version } = await this.of(actor, id!, enrolment!);
    const action = `/participants/${id}/pathway/${enrolment}/steps/${key}`;
    const step = stepShown(await this.steps.verdict(actor, enrolment!, key!), action);
    // A day that was before its evidence: whoever may deviate says why it stays.
    const day = state?.errors.some(({ path }) => path === 'effectiveOn') ? typedDay(state.values, 'effectiveOn') : null;
    const early = day !== null && step.open && (await this.steps.verdict(actor, enrolment!, key!, day)).mayDeviate;
    return {
      person, step, early, track: await this.enrolments.trackOf(actor, enrolment!), acts: actsNow(step.unmet, actor.role), formats: EXPLAINED_FORMATS, action, may: { take: allows(actor.role, 'step.take') }, form: blankForm({ step: step.step, effectiveOn: this.clock.today(actor.timeZone), version }),
    };
  }

  @Get('pathway/:enrolment/annulment')
  @Can('step.annul')
  @Page('participants/annulment')
  annulment(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string): Promise<object> {
    return this.annulForm(actor, { id, enrolment });
  }

  @Post('pathway/:enrolment/annulment')
  @Can('step.annul')
  @Form('participants/annulment', 'annulForm')
  async annul(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Input(AnnulStep) command: AnnulStep): Promise<Redirect> {
    await this.of(actor, id, enrolment);
    await this.steps.annul(actor, enrolment, command);
    return redirect(`/participants/${id}/pathway`, 'participants.notice.stepAnnulled');
  }

  async annulForm(actor: Actor, { id, enrolment }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const { version } = await this.of(actor, id!, enrolment!);
    const { last, refusal } = await this.steps.annulment(actor, enrolment!);
    return { person, last, refusal, action: `/participants/${id}/pathway/${enrolment}/annulment`, form: blankForm({ version }) };
  }

  @Get('pathway/:enrolment/pause')
  @Can('enrolment.pause')
  @Page('participants/pause')
  pausePage(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string): Promise<object> {
    return this.pauseForm(actor, { id, enrolment });
  }

  @Post('pathway/:enrolment/pause')
  @Can('enrolment.pause')
  @Form('participants/pause', 'pauseForm')
  async pause(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Input(Pause) command: Pause): Promise<Redirect> {
    await this.of(actor, id, enrolment);
    await this.pauses.pause(actor, enrolment, command);
    return redirect(`/participants/${id}/pathway`, 'participants.notice.paused');
  }

  async pauseForm(actor: Actor, { id, enrolment }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const { version } = await this.of(actor, id!, enrolment!);
    return { person, action: `/participants/${id}/pathway/${enrolment}/pause`, form: blankForm({ version }) };
  }

  @Post('pathway/:enrolment/resume')
  @Can('enrolment.pause')
  async resume(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Input(Resume) command: Resume): Promise<Redirect> {
    await this.of(actor, id, enrolment);
    await this.pauses.resume(actor, enrolment, command);
    return redirect(`/participants/${id}/pathway`, 'participants.notice.resumed');
  }

  /** The enrolment, when it is this person's; else nobody's. */
  private async of(actor: Actor, id: string, enrolment: string): Promise<EnrolmentView> {
    const view = await this.enrolments.get(actor, enrolment);
    if (view.participantId !== id) throw notFound();
    return view;
  }
}

/** The day that was typed into the three fields of a form; null where they are none. */
function typedDay(values: Record<string, unknown>, name: string): Day | null {
  const typed = ['year', 'month', 'day'].map((part) => values[`${name}-${part}`]);
  const day = typed.map((part) => (typeof part === 'string' ? part.trim().padStart(2, '0') : '')).join('-');
  return isDay(day) ? day : null;
}

/** Something of what opens the support is there: its part of the form stands open. */
function isEntitled(values: object): boolean {
  return Object.entries(values).some(([name, value]) => /^(entitlement|decision)/.test(name) && Boolean(value));
}
