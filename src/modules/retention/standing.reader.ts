import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { DisclosureService } from '../disclosure';
import { InformationService } from '../participants';
import { EnrolmentsService, type EnrolmentView } from '../pathways';
import { PlacementsService, type PlacementView } from '../placements';
import { fits, untilOf, type Given } from './calendar';
import type { Milestone, MilestoneAnswer } from './retention.entities';
import { RETAINED, type Side } from './retention.lists';
import { RetentionRepository } from './retention.repository';

/** All that a person's milestones are judged by. */
export interface Known {
  milestones: Milestone[];
  answers: MilestoneAnswer[];
  jobs: PlacementView[];
  enrolments: EnrolmentView[];
  /** Whether the person may be called: while a support is open always, after it by their own answer. */
  calls: Given['calls'];
  /** By milestone: whether the employer may be asked today. */
  permitted: Map<string, boolean>;
  /** Whether, as it is decided, they may be asked during the whole window: that does not change as days pass, so that the agenda can hold it. */
  askable: Map<string, boolean>;
}

/** Gathers what is known about the milestones of one person. */
@Injectable()
export class StandingReader {
  constructor(
    private readonly kept: RetentionRepository,
    private readonly placements: PlacementsService,
    private readonly enrolments: EnrolmentsService,
    private readonly information: InformationService,
    private readonly disclosure: DisclosureService,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor, participantId: string): Promise<Known> {
    const milestones = await this.kept.milestones(actor, participantId);
    const answers = milestones.length ? await this.kept.answers(actor, participantId) : [];
    const jobs = await this.placements.of(actor, participantId);
    const enrolments = await this.enrolments.ofParticipant(actor, participantId);
    const calls = milestones.length && hasLeft(enrolments) ? await this.callsAfterExit(actor, participantId) : 'yes';
    return { milestones, answers, jobs, enrolments, calls, ...(calls === 'yes' ? await this.employers(actor, participantId, milestones, jobs) : { permitted: new Map<string, boolean>(), askable: new Map<string, boolean>() }) };
  }

  /** An employer is asked only where they may know of the support, and about a day on which the person had not left. */
  private async employers(actor: Actor, participantId: string, milestones: readonly Milestone[], jobs: readonly PlacementView[]): Promise<Pick<Known, 'permitted' | 'askable'>> {
    const [permitted, askable] = [new Map<string, boolean>(), new Map<string, boolean>()];
    const today = this.clock.today(actor.timeZone);
    for (const { id, employerId, end } of jobs) {
      const asked = milestones.filter((one) => one.placementId === id);
      if (asked.length === 0) continue;
      const known = await this.disclosure.knownUntil(actor, participantId, employerId, 'support');
      for (const one of asked) {
        const isThere = known !== null && (!end || end.lastDayOn >= one.dueOn);
        permitted.set(one.id, isThere && (known.until === null || known.until >= today));
        askable.set(one.id, isThere && (known.until === null || known.until >= untilOf(one.dueOn)));
      }
    }
    return { permitted, askable };
  }

  /** Consent given for calls after the exit: yes; a no, or a yes taken back; or nobody has asked yet. */
  private async callsAfterExit(actor: Actor, participantId: string): Promise<Given['calls']> {
    const latest = (await this.information.of(actor, participantId)).purposes.find((one) => one.purpose === 'calls-after-exit')?.latest;
    return latest ? (latest.stands ? 'yes' : 'refused') : 'not-answered';
  }
}

/** True once every support that took the person on has ended. */
export function hasLeft(enrolments: readonly Pick<EnrolmentView, 'admittedOn' | 'closedOn'>[]): boolean {
  const admitted = enrolments.filter((one) => one.admittedOn !== null);
  return admitted.length > 0 && admitted.every((one) => one.closedOn !== null);
}

/** The answer of a side that counts: the latest one about the milestone's day. */
export function counted(answers: readonly MilestoneAnswer[], milestone: Pick<Milestone, 'id' | 'dueOn'>, side: Side, until?: Day): MilestoneAnswer | null {
  return answers.find((one) => one.milestoneId === milestone.id && one.side === side && fits(one, milestone.dueOn) && (until === undefined || one.answeredOn <= until)) ?? null;
}

/** After an exit, at month 6, whoever was in work when the support took them on says what is better by then (EECR06 of the ESF+: `indicators.md` §1.5). */
export function asksChange({ jobs, enrolments }: Pick<Known, 'jobs' | 'enrolments'>, { anchor, month, enrolmentId }: Pick<Milestone, 'anchor' | 'month' | 'enrolmentId'>): boolean {
  const entry = enrolments.find((one) => one.id === enrolmentId)?.admittedOn;
  return anchor === 'exit' && month === 6 && Boolean(entry) && jobs.some((job) => job.state !== 'annulled' && job.firstDayOn !== null && job.firstDayOn <= entry! && (!job.end || job.end.lastDayOn >= entry!));
}

/** Both have said something about the job, and it is not the same. */
export function differs(worker: Pick<MilestoneAnswer, 'status'> | null, employer: Pick<MilestoneAnswer, 'status'> | null): boolean {
  const says = [worker, employer].filter((one) => one && one.status !== 'unknown' && one.status !== 'refused').map((one) => (RETAINED as readonly string[]).includes(one!.status));
  return says.length === 2 && says[0] !== says[1];
}

/** Somebody has said that the person had the job on a day before which it had ended. */
export function outlivesJob(answers: readonly (Pick<MilestoneAnswer, 'status'> | null)[], dueOn: Day, endedOn: Day | null): boolean {
  return endedOn !== null && endedOn < dueOn && answers.some((one) => one?.status === 'at-work' || one?.status === 'absent');
}

/** True where nobody is asked any more: the person has died. */
export const isOver = ({ answers, jobs }: Pick<Known, 'answers' | 'jobs'>): boolean => answers.some((one) => one.status === 'deceased') || jobs.some((one) => one.end?.reason === 'death');

export const endOf = (jobs: readonly PlacementView[], placementId: string | null): Day | null => jobs.find((one) => one.id === placementId)?.end?.lastDayOn ?? null;
