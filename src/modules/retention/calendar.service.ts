import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { ActivitiesService, ContactLogged } from '../activities';
import { AgendaCheck, AgendaService, type Want } from '../agenda';
import { DisclosureDecided } from '../disclosure';
import { EmployersMerged } from '../employers';
import { ConsentAnswered } from '../participants';
import { EnrolmentsService, StepAnnulled, StepsService, StepTaken } from '../pathways';
import { PlacementAnnulled, PlacementChanged, PlacementEnded, PlacementReopened, PlacementsService, PlacementStarted, type PlacementView } from '../placements';
import { replan, standingOf, supportContacts, untilOf, wantedOf, type Kept } from './calendar';
import { Milestone } from './retention.entities';
import { RetentionRepository } from './retention.repository';
import { counted, differs, endOf, hasLeft, isOver, StandingReader, type Known } from './standing.reader';

const PREFIX = 'retention.';
const SUPPORT = `${PREFIX}support:`;
export const differsKey = (id: string): string => `${PREFIX}differs:${id}`;

/** The calendar of follow-up: made at the hire, planned anew when a day changes, cancelled with the job, and outliving the support. */
@Injectable()
export class CalendarService implements OnModuleInit {
  constructor(
    private readonly kept: RetentionRepository,
    private readonly reader: StandingReader,
    private readonly placements: PlacementsService,
    private readonly enrolments: EnrolmentsService,
    private readonly activities: ActivitiesService,
    private readonly steps: StepsService,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.check.registerSource('retention', (system, participantId) => this.all(system, participantId));
    for (const told of [PlacementStarted, PlacementChanged, PlacementEnded, PlacementReopened, PlacementAnnulled]) {
      this.events.subscribe(told, 'retention', (event, system) => this.planned(system, event.participantId));
    }
    for (const told of [StepTaken, StepAnnulled]) this.events.subscribe(told, 'retention', (event, system) => this.follow(system, event.participantId));
    this.events.subscribe(DisclosureDecided, 'retention', (event, system) => this.planned(system, event.participantId));
    this.events.subscribe(EmployersMerged, 'retention', async (event, system) => {
      for (const participantId of event.participantIds) await this.planned(system, participantId);
    });
    this.events.subscribe(ConsentAnswered, 'retention', (event, system) => this.follow(system, event.participantId));
    this.events.subscribe(ContactLogged, 'retention', async (event, system) => {
      for (const participantId of event.participantIds) await this.contacted(system, participantId);
    }, (event) => event.concerns(SUPPORT));
  }

  /** Makes, moves, cancels or restores the person's milestones as the facts have it, and writes again what they want done. @param newsOf the milestone of which an answer has just come */
  async follow(actor: Actor, participantId: string, newsOf: string | null = null): Promise<void> {
    const jobs = await this.placements.of(actor, participantId);
    const wanted = wantedOf(jobs, await this.enrolments.ofParticipant(actor, participantId));
    const milestones = await this.kept.milestones(actor, participantId);
    if (wanted.length === 0 && milestones.length === 0) return;
    const hasMoved = await this.write(actor, participantId, wanted, milestones);
    await this.want(actor, participantId, { newsOf, hasMoved });
  }

  /** The same where a job is what has changed: conditions may rest on it. */
  private async planned(system: Actor, participantId: string): Promise<void> {
    await this.follow(system, participantId);
    await this.steps.factsChanged(system, 'milestone', [participantId], true);
  }

  /** A contact settles what stands open of the first weeks of a job, and nothing else; taken back, it may open it again. */
  private async contacted(system: Actor, participantId: string): Promise<void> {
    if ((await this.kept.milestones(system, participantId)).length > 0) await this.want(system, participantId, { newsOf: null, hasMoved: false });
  }

  private async write(actor: Actor, participantId: string, wanted: ReturnType<typeof wantedOf>, milestones: readonly Milestone[]): Promise<boolean> {
    const rows = new Map(milestones.map((one) => [one.id, one]));
    const { add, change, cancel } = replan(milestones.map((one): Kept => ({ ...one, cancelled: one.cancelledAt !== null })), wanted);
    if (add.length) this.kept.add(add.map((one) => Object.assign(new Milestone(), { ...one, id: newId(), serviceId: actor.service!, participantId, cancelledAt: null, cancelledReason: null, version: 1 })));
    for (const { id, to } of change) await this.kept.change(rows.get(id)!, { anchor: to.anchor, anchoredOn: to.anchoredOn, dueOn: to.dueOn, cancelledAt: null, cancelledReason: null });
    for (const id of cancel) await this.kept.change(rows.get(id)!, { cancelledAt: this.clock.now(), cancelledReason: 'not-wanted' });
    return add.length + change.length + cancel.length > 0;
  }

  /** What stands open under its key says the same as before, unless days have moved or its milestone has an answer. */
  private async want(actor: Actor, participantId: string, { newsOf, hasMoved }: { newsOf: string | null; hasMoved: boolean }): Promise<void> {
    const wants = await this.wants(actor, participantId);
    const open = await this.agenda.openKeys(actor, [participantId]);
    const isNews = ({ key, subject }: Want): boolean => hasMoved || !open.has(key) || subject.id === newsOf;
    for (const want of wants) if (isNews(want) && (!want.byHand || want.key === differsKey(newsOf ?? ''))) await this.agenda.want(actor, { ...want, keepsPostponed: true });
    const gone = [...open].filter((key) => key.startsWith(PREFIX) && !wants.some((want) => want.key === key));
    if (gone.length) await this.agenda.done(actor, participantId, gone);
  }

  private async all(system: Actor, participantId: string | null): Promise<Want[]> {
    const people = participantId === null ? new Set((await this.kept.milestones(system, null)).map((one) => one.participantId)) : [participantId];
    const wants: Want[] = [];
    for (const id of people) wants.push(...(await this.wants(system, id)));
    return wants;
  }

  private async wants(actor: Actor, participantId: string): Promise<Want[]> {
    const known = await this.reader.of(actor, participantId);
    if (isOver(known)) return [];
    const asked = known.milestones.flatMap((one) => milestoneWants(one, known));
    const supported = hasLeft(known.enrolments) ? [] : known.jobs.filter((job) => isFollowed(job, known));
    if (supported.length === 0) return asked;
    const last = (await this.activities.last(actor, [participantId])).get(participantId) ?? null;
    return [...asked, ...supported.flatMap((job) => supportWants(job, last))];
  }
}

/** What one milestone wants: the worker asked, then the employer where they may be; and a talk where the two do not say the same. */
function milestoneWants(one: Milestone, known: Known): Want[] {
  const { id, participantId, dueOn, month, anchor } = one;
  const worker = counted(known.answers, one, 'worker');
  const employer = counted(known.answers, one, 'employer');
  const about = { participantId, forWhom: 'coach' as const, subject: { kind: 'milestone', id }, params: { month, anchor, on: dueOn }, fromOn: dueOn, dueOn: untilOf(dueOn) };
  const wants: Want[] = [];
  // Judged on M itself: whether it is late by now is the agenda's to say.
  const standing = standingOf({ dueOn, cancelled: one.cancelledAt !== null, status: worker?.status ?? null, endedOn: endOf(known.jobs, one.placementId), calls: known.calls }, dueOn);
  if (standing === 'due') wants.push({ ...about, key: `${PREFIX}milestone:${id}`, kind: 'milestone' });
  if (standing === 'answered' && worker!.status !== 'deceased' && known.askable.get(id) && !employer) wants.push({ ...about, key: `${PREFIX}employer:${id}`, kind: 'milestone-employer' });
  if (one.cancelledAt === null && differs(worker, employer)) {
    const since = worker!.answeredOn > employer!.answeredOn ? worker!.answeredOn : employer!.answeredOn;
    wants.push({ ...about, key: differsKey(id), kind: 'milestone-differs', fromOn: since, dueOn: since, byHand: true });
  }
  return wants;
}

/** A job that began under the support and still runs: its first weeks are accompanied. */
function isFollowed(job: PlacementView, { enrolments }: Known): boolean {
  const admitted = enrolments.map((one) => one.admittedOn).filter((one) => one !== null).sort()[0];
  return job.firstDayOn !== null && job.state === 'running' && (!admitted || admitted <= job.firstDayOn);
}

function supportWants({ id, participantId, firstDayOn }: PlacementView, lastContact: Day | null): Want[] {
  return supportContacts(firstDayOn!).filter(({ fromOn }) => lastContact === null || lastContact < fromOn)
    .map(({ week, fromOn, dueOn }) => ({ participantId, key: `${SUPPORT}${id}:${week}`, kind: 'support-contact', fromOn, dueOn, forWhom: 'coach', subject: { kind: 'contact', id: null }, params: { week } }));
}
