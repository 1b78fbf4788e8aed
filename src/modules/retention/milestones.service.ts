import { Injectable } from '@nestjs/common';
import { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { newId } from '../../platform/id';
import { wrongField } from '../../platform/problem';
import type { Download } from '../../platform/web/page';
import type { UploadedFile } from '../../platform/web/uploads';
import { AuditService } from '../audit';
import { DocumentsService } from '../documents';
import { UsersService } from '../identity';
import { ParticipantsService } from '../participants';
import { StepsService } from '../pathways';
import { standingOf, untilOf } from './calendar';
import { CalendarService } from './calendar.service';
import { chainsOf, GAP_DAYS } from './chains';
import type { AnswerMilestone, AnswerView, MilestoneFile, MilestonesView, MilestoneView, TryMilestone } from './retention.dto';
import type { Milestone, MilestoneAnswer } from './retention.entities';
import { IN_WORK, UNKNOWN_AFTER, type Change, type Side } from './retention.lists';
import { beforeMilestone, changeNotAsked, documentForLevel, employerNotPermitted, fewAttempts, milestoneCancelled, triedBefore } from './retention.problems';
import { RetentionRepository } from './retention.repository';
import { asksChange, counted, differs, endOf, outlivesJob, StandingReader, type Known } from './standing.reader';

/** The follow-up of a person: what their situation was on each milestone, by whom it was told, and how often somebody was tried. Nothing is overwritten: a later answer stands beside the earlier one. */
@Injectable()
export class MilestonesService {
  constructor(
    private readonly kept: RetentionRepository,
    private readonly reader: StandingReader,
    private readonly calendar: CalendarService,
    private readonly participants: ParticipantsService,
    private readonly documents: DocumentsService,
    private readonly steps: StepsService,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What one side says of the situation on M. @throws Problem 422 before M, or where it is called unknown after too few attempts; 409 where the employer may not be asked */
  async answer(actor: Actor, participantId: string, id: string, given: AnswerMilestone, file: UploadedFile | null = null): Promise<void> {
    const milestone = await this.hold(actor, participantId, id, given.side);
    if (given.answeredOn < milestone.dueOn) throw beforeMilestone(milestone.dueOn);
    if (given.status === 'unknown') await this.mustHaveTried(actor, milestone, given.side);
    const changed = await this.changeOf(actor, milestone, given);
    if (given.level === 'document' && !file) throw documentForLevel();
    const documentId = file && await this.documents.add(actor, { participantId, subject: { kind: 'milestone', id }, kind: 'other', file });
    await this.kept.addAnswer({
      id: newId(), milestoneId: id, serviceId: milestone.serviceId, participantId, side: given.side, status: given.status, aboutOn: milestone.dueOn, answeredOn: given.answeredOn, channel: given.channel, level: given.level,
      absentWhy: given.absentWhy ?? null, absentSinceOn: given.absentSinceOn ?? null, backOn: given.backOn ?? null, changed, documentId, note: given.note ?? null, recordedAt: this.clock.now(), recordedBy: actor.id,
    });
    // The status and the reason of an absence are the person's: they stand in the file, not in the log.
    await this.audit.record(actor, 'milestone.answered', { kind: 'milestone', id, participantId }, { side: given.side, month: milestone.month, level: given.level });
    await this.changed(actor, participantId, id);
  }

  /** Somebody was tried and not reached. */
  async attempt(actor: Actor, participantId: string, id: string, given: TryMilestone): Promise<void> {
    const milestone = await this.hold(actor, participantId, id, given.side);
    if (given.triedOn < milestone.dueOn) throw triedBefore(milestone.dueOn);
    await this.kept.addAttempt({
      id: newId(), milestoneId: id, serviceId: milestone.serviceId, participantId, side: given.side, triedOn: given.triedOn, channel: given.channel, note: given.note ?? null, recordedAt: this.clock.now(), recordedBy: actor.id,
    });
    await this.audit.record(actor, 'milestone.tried', { kind: 'milestone', id, participantId }, { side: given.side, month: milestone.month });
  }

  /** A person's milestones in the order of their days, and the periods in employment that their jobs make. @param gapDays without a job that a period bridges */
  async of(actor: Actor, participantId: string, gapDays = GAP_DAYS): Promise<MilestonesView> {
    const known = await this.reader.of(actor, participantId);
    const names = await this.namesOf(actor, known.answers);
    const spells = known.jobs.filter((job) => job.firstDayOn !== null && job.state !== 'annulled').map((job) => ({ id: job.id, from: job.firstDayOn!, to: job.end?.lastDayOn ?? null }));
    return { items: known.milestones.map((one) => this.view(actor, one, known, names)), chains: chainsOf(spells, gapDays).map(({ spells: placementIds, ...chain }) => ({ ...chain, placementIds })) };
  }

  /** The same for whoever reads them by themselves: the reading of the person's file is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string, gapDays?: number): Promise<MilestonesView> {
    await this.participants.open(actor, participantId);
    return this.of(actor, participantId, gapDays);
  }

  /** One milestone with all that was said about it; the reading is recorded. */
  async open(actor: Actor, participantId: string, id: string): Promise<MilestoneFile> {
    const milestone = await this.kept.get(actor, participantId, id);
    const known = await this.reader.of(actor, participantId);
    const answers = known.answers.filter((one) => one.milestoneId === id);
    const attempts = (await this.kept.attempts(actor, participantId)).filter((one) => one.milestoneId === id);
    const names = await this.namesOf(actor, [...answers, ...attempts]);
    this.audit.opened(actor, 'milestone.opened', { kind: 'milestone', id, participantId });
    return {
      ...this.view(actor, milestone, known, names), answers: answers.map((one) => answerView(one, counted(known.answers, milestone, one.side)?.id === one.id, names)),
      attempts: attempts.map(({ id: attempt, side, triedOn, channel, note, recordedBy }) => ({ id: attempt, side, triedOn, channel, note, recordedByName: nameOf(recordedBy, names) })),
    };
  }

  /** The paper that came with an answer. */
  async paper(actor: Actor, participantId: string, id: string, documentId: string): Promise<Download> {
    await this.kept.get(actor, participantId, id);
    return this.documents.open(actor, documentId, { kind: 'milestone', id });
  }

  private async hold(actor: Actor, participantId: string, id: string, side: Side): Promise<Milestone> {
    await this.participants.hold(actor, participantId);
    const milestone = await this.kept.get(actor, participantId, id);
    if (milestone.cancelledAt) throw milestoneCancelled();
    if (side === 'employer' && !(await this.reader.of(actor, participantId)).permitted.get(id)) throw employerNotPermitted();
    return milestone;
  }

  /** @throws Problem 422 where what has changed is asked and not said, or said and not asked */
  private async changeOf(actor: Actor, milestone: Milestone, { side, status, changed = [] }: AnswerMilestone): Promise<Change[] | null> {
    const isAsked = side === 'worker' && IN_WORK.includes(status) && asksChange(await this.reader.of(actor, milestone.participantId), milestone);
    if (isAsked && changed.length === 0) throw wrongField('changed', 'required', { choose: true });
    if (!isAsked && changed.length > 0) throw changeNotAsked();
    return isAsked ? [...new Set(changed)] : null;
  }

  private async mustHaveTried(actor: Actor, { id, participantId, dueOn }: Milestone, side: Side): Promise<void> {
    const have = (await this.kept.attempts(actor, participantId)).filter((one) => one.milestoneId === id && one.side === side && one.triedOn >= dueOn).length;
    if (have < UNKNOWN_AFTER) throw fewAttempts(have, UNKNOWN_AFTER);
  }

  private async changed(actor: Actor, participantId: string, id: string): Promise<void> {
    await this.calendar.follow(actor, participantId, id);
    await this.steps.factsChanged(actor, 'milestone', [participantId], true);
  }

  private view(actor: Actor, one: Milestone, known: Known, names: ReadonlyMap<string, string>): MilestoneView {
    const worker = counted(known.answers, one, 'worker');
    const employer = counted(known.answers, one, 'employer');
    const { id, participantId, placementId, enrolmentId, anchor, anchoredOn, month, dueOn } = one;
    const given = { dueOn, cancelled: one.cancelledAt !== null, status: worker?.status ?? null, endedOn: endOf(known.jobs, placementId), calls: known.calls };
    return {
      id, participantId, placementId, enrolmentId, anchor, anchoredOn, month, dueOn, untilOn: untilOf(dueOn), standing: standingOf(given, this.clock.today(actor.timeZone)),
      worker: worker && answerView(worker, true, names), employer: employer && answerView(employer, true, names), employerPermitted: known.permitted.get(id) ?? false, differs: differs(worker, employer) || outlivesJob([worker, employer], dueOn, given.endedOn), asksChange: asksChange(known, one),
    };
  }

  private async namesOf(actor: Actor, rows: readonly { recordedBy: string | null }[]): Promise<Map<string, string>> {
    const ids = [...new Set(rows.flatMap((one) => one.recordedBy ?? []))];
    return ids.length ? this.users.names(actor, ids) : new Map<string, string>();
  }
}

const nameOf = (id: string | null, names: ReadonlyMap<string, string>): string | null => (id ? names.get(id) ?? null : null);

function answerView(one: MilestoneAnswer, counts: boolean, names: ReadonlyMap<string, string>): AnswerView {
  const { id, side, status, aboutOn, answeredOn, channel, level, absentWhy, absentSinceOn, backOn, changed, documentId, note, recordedAt, recordedBy } = one;
  return {
    id, side, status, aboutOn, answeredOn, channel, level, absence: absentWhy && { why: absentWhy, sinceOn: absentSinceOn, backOn }, changed, documentId, note, recordedAt: recordedAt.toISOString(),
    recordedByName: nameOf(recordedBy, names), counts,
  };
}
