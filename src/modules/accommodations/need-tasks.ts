import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays, type Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { AgendaCheck, AgendaService, type Want } from '../agenda';
import { EnrolmentsService, OpenTasks, StepTaken } from '../pathways';
import { PlacementAnnulled, PlacementChanged, PlacementEnded, PlacementReopened, PlacementsService, PlacementStarted, type PlacementView } from '../placements';
import type { Accommodation } from './accommodation.entity';
import { AccommodationsRepository } from './accommodations.repository';

/** Days after the first one worked within which a known need has somebody who sees to it, and something that stands meanwhile. */
const WITHIN = 7;
const PREFIX = 'accommodations.need:';
/** The task by which a protocol asks for it at the hire. */
const HIRE_TASK = 'needs';

/** What needs at work want done once the person works: each a dated task, until it is seen to. */
@Injectable()
export class NeedTasks implements OnModuleInit {
  constructor(
    private readonly needs: AccommodationsRepository,
    private readonly placements: PlacementsService,
    private readonly enrolments: EnrolmentsService,
    private readonly tasks: OpenTasks,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.check.registerSource('accommodations', (system, participantId) => this.wants(system, participantId));
    for (const told of [PlacementStarted, PlacementChanged, PlacementEnded, PlacementReopened, PlacementAnnulled]) {
      this.events.subscribe(told, 'accommodations', (event, system) => this.follow(system, event.participantId));
    }
    this.events.subscribe(StepTaken, 'accommodations', (event, system) => this.follow(system, event.participantId));
  }

  /** Writes again what the person's needs want, and closes the protocol's task where they are seen to, or none is known. */
  async follow(actor: Actor, participantId: string): Promise<void> {
    const wants = await this.wants(actor, participantId);
    for (const want of wants) await this.agenda.want(actor, { ...want, keepsPostponed: true });
    const open = await this.agenda.openKeys(actor, [participantId]);
    const gone = [...open].filter((key) => key.startsWith(PREFIX) && !wants.some((want) => want.key === key));
    if (gone.length) await this.agenda.done(actor, participantId, gone);
    if (![...open].some((key) => key.startsWith('pathways.task:') && key.endsWith(`:${HIRE_TASK}`)) || !(await this.isAnswered(actor, participantId))) return;
    for (const one of await this.enrolments.ofParticipant(actor, participantId)) await this.tasks.done(actor, one, HIRE_TASK);
  }

  /** Each known need is seen to; or none is known, said on the first day worked or since. */
  private async isAnswered(actor: Actor, participantId: string): Promise<boolean> {
    const needs = await this.needs.all(actor, participantId);
    if (needs.length > 0) return needs.every((one) => one.isSeenTo);
    const saidOn = await this.needs.noneKnownOn(actor, participantId);
    const began = (await this.placements.of(actor, participantId)).filter(isRunning).map((one) => one.firstDayOn!).sort().at(-1);
    return saidOn !== null && began !== undefined && saidOn >= began;
  }

  private async wants(actor: Actor, participantId: string | null): Promise<Want[]> {
    const waiting = (await this.needs.all(actor, participantId)).filter((one) => !one.isSeenTo);
    if (waiting.length === 0) return [];
    const jobs = await this.placements.forMany(actor, [...new Set(waiting.map((one) => one.participantId))]);
    return waiting.flatMap((one) => {
      const since = worksSince(one, jobs.get(one.participantId) ?? []);
      return since ? [wantOf(one, since)] : [];
    });
  }
}

const isRunning = (job: PlacementView): boolean => job.state === 'running';

/** Since when the need is one at work: of the job that it belongs to, or of any. */
function worksSince({ placementId }: Accommodation, jobs: readonly PlacementView[]): Day | null {
  return jobs.filter((job) => isRunning(job) && (placementId === null || job.id === placementId)).map((job) => job.firstDayOn!).sort()[0] ?? null;
}

function wantOf({ id, participantId, raisedOn, owner }: Accommodation, since: Day): Want {
  const from = raisedOn > since ? raisedOn : since;
  return {
    participantId, key: `${PREFIX}${id}`, kind: 'need-unseen', fromOn: from, dueOn: addDays(from, WITHIN), forWhom: 'coach', subject: { kind: 'need', id }, params: { missing: owner === null ? 'owner' : 'interim' },
  };
}
