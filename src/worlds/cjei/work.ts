import { ActivitiesService } from '../../modules/activities';
import { DisclosureService } from '../../modules/disclosure';
import { AdviceService } from '../../modules/employment-advice';
import { InformationService } from '../../modules/participants';
import { PlacementsService } from '../../modules/placements';
import { SupportsService } from '../../modules/plans';
import { MilestonesService } from '../../modules/retention';
import type { Actor } from '../../platform/access/actor';
import { addDays, type Day } from '../../platform/days';
import type { Entry } from './entry';
import type { Field } from './field';
import type { Team } from './ground';
import type { InventedFollowUp, InventedJob } from './jobs';
import type { InventedPerson } from './people';

const CURRENCY = 'PEN';
/** A milestone of which nobody has asked is late by days; of one that passed long ago somebody tried, and gave up. */
const LATE = 60;
/** Days after the milestone on which somebody was tried who could not be reached, and on which that was written down. */
const TRIES = [3, 10, 17] as const;
const GIVEN_UP = 20;
/** Months after which support goes on call, and after which it ends, for those with whom it does. */
const LATER = { standby: 9, leaves: 12 } as const;

/** Somebody who found work, in whose file it is written. */
interface Worker {
  id: string;
  enrolment: string;
  one: InventedPerson;
  admitted: Day;
  team: Team;
  coach: Actor;
}

/** Work and what became of it: the jobs, the answers at their milestones, and the steps that rest on these. */
export class Work {
  constructor(
    private readonly field: Field,
    private readonly entry: Entry,
  ) {}

  async tell(worker: Worker): Promise<void> {
    for (const [index, job] of worker.one.work!.jobs.entries()) await this.job(worker, job, index === 0);
  }

  private async job(worker: Worker, job: InventedJob, isFirst: boolean): Promise<void> {
    const { id, admitted, team: { manager, employers }, coach } = worker;
    const placements = this.field.the(PlacementsService);
    const firstDayOn = addDays(admitted, job.after);
    const lastDayOn = job.lasted === null ? null : addDays(firstDayOn, job.lasted - 1);
    if (isFirst) await this.disclose(worker, firstDayOn);
    const placement = await this.field.as(manager, async () => {
      const planned = await placements.plan(manager, id, {
        employerId: employers[job.employer]!, title: job.title, setting: 'ordinary', contract: job.contract, weeklyMinutes: job.weeklyHours * 60, wage: job.wage, wagePeriod: 'month', currency: CURRENCY, foundBy: 'coach',
      });
      await placements.start(manager, id, planned, { firstDayOn, evidence: job.evidence, version: 1 });
      return planned;
    });
    const visitedOn = addDays(firstDayOn, 15);
    if (visitedOn <= (lastDayOn ?? this.field.today)) {
      await this.field.as(coach, () => this.field.the(ActivitiesService).log(coach, { participantIds: [id], kind: 'visit', happenedOn: visitedOn, minutes: 60, outcome: 'done' }));
    }
    await this.followUp(worker, placement, job, lastDayOn);
    if (lastDayOn && job.end) {
      const { end } = job;
      await this.field.as(manager, async () => {
        const { version } = (await placements.of(manager, id)).find((one) => one.id === placement)!;
        await placements.end(manager, id, placement, { lastDayOn, ...end, learntOn: addDays(lastDayOn, 1), version });
      });
    }
  }

  /** Whether an employer may know of the support, as the person decided on their first day. */
  private async disclose({ id, one, coach }: Worker, on: Day): Promise<void> {
    const { disclosed } = one.work!;
    if (disclosed === null) return;
    const giver = disclosed === 'support' && this.entry.isMinorOn(one, on) ? { giver: 'self-and-legal' as const, coSigner: one.adult } : { giver: 'self' as const };
    await this.field.as(coach, () => this.field.the(DisclosureService).decide(coach, id, { ...(disclosed === 'support' ? { answer: 'some', support: ['hr', 'tutor'] } : { answer: 'nothing' }), decidedOn: on, format: 'easy-read', ...giver }));
  }

  /** The milestones whose day came while the person had the job, as far as somebody has asked by now. */
  private async followUp(worker: Worker, placement: string, job: InventedJob, lastDayOn: Day | null): Promise<void> {
    const { id, coach, enrolment, team } = worker;
    const { items } = await this.field.as(coach, () => this.field.the(MilestonesService).of(coach, id));
    const permitted = worker.one.work!.disclosed === 'support';
    for (const { month, dueOn, id: milestone } of items.filter((one) => one.placementId === placement && one.dueOn <= (lastDayOn ?? this.field.today))) {
      const given = job.followUps.find((one) => one.month === month)!;
      const answeredOn = await this.answer(worker, milestone, dueOn, given, permitted);
      if (!answeredOn || given.said === 'unknown' || (lastDayOn && answeredOn > lastDayOn)) continue;
      if (month === 1) await this.field.step(team, coach, enrolment, { step: 'sustain', effectiveOn: answeredOn });
      if (job.lasted === null && await this.later(worker, month, answeredOn)) return;
    }
  }

  /** @returns the day of the answer; null where nobody has one yet */
  private async answer({ id, coach }: Worker, milestone: string, dueOn: Day, given: InventedFollowUp, permitted: boolean): Promise<Day | null> {
    const milestones = this.field.the(MilestonesService);
    const isForgotten = given.said === null && dueOn < this.field.ago(LATE);
    const said = isForgotten ? 'unknown' : given.said;
    const answeredOn = addDays(dueOn, said === 'unknown' ? GIVEN_UP : given.after);
    if (said === null || answeredOn > this.field.today) return null;
    await this.field.as(coach, async () => {
      if (said === 'unknown') for (const days of TRIES) await milestones.attempt(coach, id, milestone, { side: 'worker', triedOn: addDays(dueOn, days), channel: 'call' });
      await milestones.answer(coach, id, milestone, { side: 'worker', status: said, answeredOn, channel: given.channel, level: said === 'unknown' ? 'coach' : 'worker', ...(said === 'absent' ? { absentWhy: 'sick' as const } : {}) });
      if (permitted && said !== 'unknown') await milestones.answer(coach, id, milestone, { side: 'employer', status: said === 'absent' ? 'absent' : 'at-work', answeredOn, channel: 'call', level: 'employer', ...(said === 'absent' ? { absentWhy: 'sick' as const } : {}) });
    });
    return isForgotten ? null : answeredOn;
  }

  /** Support goes on call, or ends, in work and as the person wants it. @returns whether it has ended */
  private async later({ id, enrolment, one, team, coach }: Worker, month: number, on: Day): Promise<boolean> {
    const way = one.work!.later;
    if (way === null || LATER[way] !== month) return false;
    const advice = this.field.the(AdviceService);
    await this.field.as(coach, async () => {
      await advice.answer(coach, id, enrolment, { to: way === 'standby' ? 'standby' : 'leave', answer: 'yes', answeredOn: on, format: 'easy-read', giver: 'self' });
      if (way === 'standby') {
        const supports = this.field.the(SupportsService);
        if ((await supports.ofParticipant(coach, id)).length === 0) await supports.name(coach, id, { enrolmentId: enrolment, name: 'Marisol Oré', relation: 'colleague', forWhat: 'Está en el mismo turno', fromOn: on });
      } else {
        await this.field.the(InformationService).answer(coach, id, { purpose: 'calls-after-exit', answer: 'yes', givenOn: on, format: 'easy-read', giver: 'self', method: 'handwritten' });
      }
    });
    await this.field.step(team, coach, enrolment, { step: way === 'standby' ? 'stand-by' : 'leave-in-work', effectiveOn: on, ...(way === 'leaves' ? { reason: 'left-in-work' } : {}) });
    return way === 'leaves';
  }
}
