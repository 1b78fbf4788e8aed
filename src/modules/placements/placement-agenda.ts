import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays, type Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { ActivitiesService, ContactLogged } from '../activities';
import { AgendaCheck, AgendaService, type Want } from '../agenda';
import { StepTaken } from '../pathways';
import type { Placement } from './placements.entities';
import { PlacementsRepository } from './placements.repository';

/** Days after the first planned day within which somebody says whether it was worked. */
const START_DAYS = 3;
/** Days ahead in which the end of a contract or of a trial is told. */
const AHEAD = 30;
/** Days within which the person is spoken with once the end of a job is known. */
export const CONTACT_DAYS = 3;

const PREFIX = 'placements.';
const trialKey = (id: string): string => `${PREFIX}trial:${id}`;
const contactKey = (id: string): string => `${PREFIX}contact-after-job:${id}`;
/** What the protocol's own step back to searching opens: where it is open, nothing is asked for twice. */
const OWN_TASK = /^pathways\.task:.*:contact-after-job$/;

/** What jobs want done: the first day said, ends prepared in time, and a talk with who has lost one. */
@Injectable()
export class PlacementAgenda implements OnModuleInit {
  constructor(
    private readonly placements: PlacementsRepository,
    private readonly activities: ActivitiesService,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.check.registerSource('placements', (system, participantId) => this.wants(system, participantId));
    this.events.subscribe(ContactLogged, 'placements', async (event, system) => {
      for (const participantId of event.participantIds) await this.spoken(system, participantId);
    }, (event) => event.concerns(contactKey('')));
    this.events.subscribe(StepTaken, 'placements', (event, system) => this.askedByStep(system, event.participantId));
  }

  /** Writes again what a person's jobs want. @param trialOf the placement of which the end of the trial is news: what was ticked off about the others stays so */
  async follow(actor: Actor, participantId: string, trialOf: string | null): Promise<void> {
    const wants = await this.wants(actor, participantId);
    for (const want of wants) if (!want.byHand || want.key === trialKey(trialOf ?? '')) await this.agenda.want(actor, { ...want, keepsPostponed: true });
    const gone = [...await this.agenda.openKeys(actor, [participantId])].filter((key) => key.startsWith(PREFIX) && !wants.some((want) => want.key === key));
    if (gone.length) await this.agenda.done(actor, participantId, gone);
  }

  /** A contact was noted, corrected or withdrawn: who was spoken with since the end of the job was known need not be called for it. */
  private async spoken(system: Actor, participantId: string): Promise<void> {
    if ((await this.placements.standing(system, participantId)).some((one) => one.contactDueOn)) await this.follow(system, participantId, null);
  }

  /** A step of the protocol may ask for the talk by a task of its own: one is enough. */
  async askedByStep(system: Actor, participantId: string): Promise<void> {
    const waiting = (await this.placements.standing(system, participantId)).filter((one) => one.contactDueOn);
    if (waiting.length === 0 || ![...await this.agenda.openKeys(system, [participantId])].some((key) => OWN_TASK.test(key))) return;
    for (const one of waiting) this.placements.contactDue(system, one.id, null);
    await this.agenda.done(system, participantId, waiting.map((one) => contactKey(one.id)), 'withdrawn');
  }

  private async wants(actor: Actor, participantId: string | null): Promise<Want[]> {
    const placements = await this.placements.standing(actor, participantId);
    const left = placements.filter((one) => one.contactDueOn);
    const last = left.length ? await this.activities.last(actor, [...new Set(left.map((one) => one.participantId))]) : new Map<string, Day>();
    const inWork = new Set(placements.filter((one) => one.state === 'running').map((one) => one.participantId));
    return placements.flatMap((one) => [...standingWants(one), ...(inWork.has(one.participantId) ? [] : contactWants(one, last.get(one.participantId) ?? null))]);
  }
}

function standingWants(placement: Placement): Want[] {
  const { id, state, plannedStartOn, plannedEndOn, trialEndOn } = placement;
  const about = aboutOf(placement);
  if (state === 'planned') {
    return plannedStartOn ? [{ ...about, key: `${PREFIX}start:${id}`, kind: 'placement-start', nature: 'warning', fromOn: plannedStartOn, dueOn: addDays(plannedStartOn, START_DAYS), params: { on: plannedStartOn } }] : [];
  }
  if (state !== 'running') return [];
  const wants: Want[] = [];
  // Once its day has passed it is late: nobody has said whether the job goes on.
  if (plannedEndOn) wants.push({ ...about, key: `${PREFIX}end:${id}`, kind: 'contract-ends', nature: 'warning', fromOn: addDays(plannedEndOn, -AHEAD), dueOn: plannedEndOn, params: { on: plannedEndOn } });
  if (trialEndOn) wants.push({ ...about, key: trialKey(id), kind: 'trial-ends', nature: 'warning', fromOn: addDays(trialEndOn, -AHEAD), dueOn: trialEndOn, params: { on: trialEndOn }, byHand: true });
  return wants;
}

function contactWants(placement: Placement, lastContact: Day | null): Want[] {
  const { id, contactDueOn, endLearntOn } = placement;
  if (!contactDueOn || (lastContact && lastContact >= endLearntOn!)) return [];
  return [{ ...aboutOf(placement), key: contactKey(id), kind: 'contact-after-job', fromOn: endLearntOn!, dueOn: contactDueOn, subject: { kind: 'contact', id: null }, params: {} }];
}

function aboutOf({ participantId, id }: Placement): Pick<Want, 'participantId' | 'forWhom' | 'subject'> {
  return { participantId, forWhom: 'coach', subject: { kind: 'placement', id } };
}
