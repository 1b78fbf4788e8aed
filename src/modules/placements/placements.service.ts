import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { addDays, type Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { AuditService } from '../audit';
import { EnrolmentsService, StepsService, type EnrolmentView } from '../pathways';
import { ParticipantsService } from '../participants';
import { tellsOn } from './first-day-facts';
import { CONTACT_DAYS, PlacementAgenda } from './placement-agenda';
import { Papers, type Paper } from './papers';
import type { Act } from './placement.lists';
import { PlacementRules } from './placement-rules';
import type { AddEvidence, ChangePlacement, CorrectFirstDay, EndPlacement, JobFact, NeverStarted, PlacementFile, PlacementView, PlanPlacement, RemoveEvidence, StartPlacement, TakeBack } from './placements.dto';
import { Placement, type PlacementChange } from './placements.entities';
import { PlacementAnnulled, PlacementChanged, PlacementEnded, PlacementReopened, PlacementStarted } from './placements.events';
import { PlacementsReader } from './placements.reader';
import { PlacementsRepository } from './placements.repository';
import { differing, partOf, termsOn, type Terms, type TermsChange } from './terms';

/** Jobs: planned, begun, changed, ended, and what was written down in error taken back. What has happened can always be recorded; steps follow from it, or do not. */
@Injectable()
export class PlacementsService {
  constructor(
    private readonly placements: PlacementsRepository,
    private readonly reader: PlacementsReader,
    private readonly rules: PlacementRules,
    private readonly papers: Papers,
    private readonly agenda: PlacementAgenda,
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly steps: StepsService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** A job to come, or one that runs already and whose real start is said next. */
  async plan(actor: Actor, participantId: string, given: PlanPlacement): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    const terms = termsOf(given);
    await this.rules.place(actor, given.employerId, terms.siteId);
    await this.rules.days(actor, participantId, terms, null);
    if (terms.plannedStartOn) await this.rules.age(actor, participantId, given.employerId, terms, 'plannedStartOn', terms.plannedStartOn);
    const placement = Object.assign(new Placement(), {
      ...columnsOf(terms), id: newId(), serviceId, participantId, enrolmentId: (await this.enrolmentOf(actor, participantId))?.id ?? null, employerId: given.employerId, firstDayOn: null, neverStartedOn: null,
      lastDayOn: null, endPrecision: null, endAfterOn: null, endLearntOn: null, endBy: null, endReason: null, contactDueOn: null, annulledAt: null, annulledReason: null,
      createdAt: this.clock.now(), createdBy: actor.id, version: 1,
    });
    await this.placements.insert(placement);
    this.keep(actor, placement, 'planned', this.clock.today(actor.timeZone), {}, { ...terms });
    await this.agenda.follow(actor, participantId, null);
    await this.audit.record(actor, 'placement.planned', subject(placement), { setting: terms.setting, contract: terms.contract });
    await this.steps.factsChanged(actor, 'first-day-worked', [participantId], false);
    return placement.id;
  }

  /** The first day worked, with one piece of evidence. Where the person was admitted before that day it is a hire, and the protocol's step follows. */
  async start(actor: Actor, participantId: string, id: string, given: StartPlacement, paper: Paper = null): Promise<void> {
    const placement = await this.hold(actor, participantId, id);
    const patch = placement.start(given.firstDayOn);
    await this.begin(actor, placement, given.firstDayOn);
    const enrolment = await this.enrolmentOf(actor, participantId);
    await this.placements.change({ id, version: given.version }, { ...patch, enrolmentId: placement.enrolmentId ?? enrolment?.id ?? null });
    this.keep(actor, placement, 'started', given.firstDayOn, { firstDayOn: null }, { firstDayOn: given.firstDayOn });
    await this.papers.add(actor, placement, { about: 'first-day', onDay: given.firstDayOn, evidence: given.evidence, evidenceNote: given.evidenceNote }, paper);
    await this.audit.record(actor, 'placement.started', subject(placement), { firstDayOn: given.firstDayOn, evidence: given.evidence });
    await this.changed(actor, placement, false);
    // Who was in work when the support began was not hired by it: that step is taken by hand. Nor is a job news on standby that was there before.
    const wasThere = enrolment?.stage === 'standby' && given.firstDayOn < enrolment.stageSince;
    if (enrolment?.admittedOn && given.firstDayOn >= enrolment.admittedOn && !wasThere) {
      await this.steps.happened(actor, enrolment.id, 'placement-started', given.firstDayOn > enrolment.stageSince ? given.firstDayOn : enrolment.stageSince);
    }
    await this.events.publish(new PlacementStarted(id, participantId));
  }

  /** It was another day: what is counted from it is counted anew. */
  async correctFirstDay(actor: Actor, participantId: string, id: string, given: CorrectFirstDay): Promise<void> {
    const placement = await this.hold(actor, participantId, id);
    const patch = placement.correctFirstDay(given.firstDayOn);
    await this.begin(actor, placement, given.firstDayOn);
    await this.placements.change({ id, version: given.version }, patch);
    this.keep(actor, placement, 'first-day-corrected', given.firstDayOn, { firstDayOn: placement.firstDayOn }, patch, given.reason);
    await this.audit.record(actor, 'placement.first-day-corrected', subject(placement), { from: placement.firstDayOn, to: given.firstDayOn }, given.reason);
    await this.changed(actor, placement, true);
    await this.events.publish(new PlacementChanged(id, participantId));
  }

  /** Who never turned up: no hire, and nothing to follow. */
  async neverStarted(actor: Actor, participantId: string, id: string, given: NeverStarted): Promise<void> {
    const placement = await this.hold(actor, participantId, id);
    const patch = placement.neverStart(given.on);
    await this.placements.change({ id, version: given.version }, patch);
    this.keep(actor, placement, 'never-started', given.on, { neverStartedOn: null }, patch, given.reason);
    await this.audit.record(actor, 'placement.never-started', subject(placement), { on: given.on }, given.reason);
    await this.changed(actor, placement, true);
    await this.events.publish(new PlacementChanged(id, participantId));
  }

  /**
   * Another contract, other hours, another wage, from a day on; what held before stays. A change told late takes its place among those that are known.
   * @returns false where it was all written down like this already: then nothing is done
   */
  async change(actor: Actor, participantId: string, id: string, given: ChangePlacement): Promise<boolean> {
    const placement = await this.hold(actor, participantId, id);
    placement.mayChange();
    const { first, changes } = await this.historyOf(actor, placement);
    const on = placement.firstDayOn && given.effectiveOn < placement.firstDayOn ? placement.firstDayOn : given.effectiveOn;
    const before = termsOn(first, changes, on);
    const after = differing(before, termsOf(given));
    const names = Object.keys(after);
    if (names.length === 0) return false;
    const change = { id: newId(), effectiveOn: on, recordedAt: this.clock.now(), after };
    const now = termsOn(first, [...changes, change]);
    if ('siteId' in after) await this.rules.place(actor, placement.employerId, now.siteId);
    await this.rules.days(actor, participantId, now, placement);
    if (placement.state === 'planned' && now.plannedStartOn) await this.rules.age(actor, participantId, placement.employerId, now, 'plannedStartOn', now.plannedStartOn);
    await this.placements.change({ id, version: given.version }, columnsOf(now));
    this.keep(actor, placement, 'changed', on, partOf(before, names), after, undefined, change);
    await this.audit.record(actor, 'placement.changed', subject(placement), { fields: names, effectiveOn: on });
    await this.agenda.follow(actor, participantId, 'trialEndOn' in after ? id : null);
    await this.events.publish(new PlacementChanged(id, participantId));
    return true;
  }

  /** The last day worked. With another job the stage stays; without, the protocol leads back to searching, and somebody speaks with the person within days of learning of it. */
  async end(actor: Actor, participantId: string, id: string, given: EndPlacement, paper: Paper = null): Promise<void> {
    const placement = await this.hold(actor, participantId, id);
    const today = this.clock.today(actor.timeZone);
    const end = { lastDayOn: given.lastDayOn, precision: given.precision ?? 'exact', afterOn: given.afterOn ?? null, by: given.by, reason: given.reason, learntOn: given.learntOn ?? today };
    const patch = placement.end(end);
    this.rules.end(placement, end);
    await this.placements.change({ id, version: given.version }, patch);
    this.keep(actor, placement, 'ended', end.lastDayOn, {}, patch);
    if (given.evidence) await this.papers.add(actor, placement, { about: 'end', onDay: end.lastDayOn, evidence: given.evidence, evidenceNote: given.evidenceNote }, paper);
    await this.audit.record(actor, 'placement.ended', subject(placement), { lastDayOn: end.lastDayOn, by: end.by });
    await this.changed(actor, placement, true);
    // Nobody is called about a job, and no search begins, where the person has died.
    if (end.reason !== 'death' && !(await this.inAnyWork(actor, participantId))) {
      const enrolment = await this.enrolmentOf(actor, participantId);
      if (enrolment) await this.steps.happened(actor, enrolment.id, 'placement-ended', tellsOn(end.lastDayOn, enrolment.stageSince, today));
      this.placements.contactDue(actor, id, addDays(end.learntOn, CONTACT_DAYS));
      await this.agenda.follow(actor, participantId, null);
      await this.agenda.askedByStep(actor, participantId);
    }
    await this.events.publish(new PlacementEnded(id, participantId));
  }

  /** It has not ended: the end was written down in error. Steps that rest on it stand, and a warning asks somebody to look. */
  async reopen(actor: Actor, participantId: string, id: string, given: TakeBack): Promise<void> {
    const placement = await this.hold(actor, participantId, id);
    const patch = placement.reopen();
    await this.rules.spell(actor, 'reason', { ...placement, lastDayOn: null, firstDayOn: placement.firstDayOn! });
    await this.placements.change({ id, version: given.version }, patch);
    const { lastDayOn, endBy, endReason } = placement;
    this.keep(actor, placement, 'reopened', this.clock.today(actor.timeZone), { lastDayOn, endBy, endReason }, {}, given.reason);
    await this.audit.record(actor, 'placement.reopened', subject(placement), { lastDayOn }, given.reason);
    await this.changed(actor, placement, true);
    await this.events.publish(new PlacementReopened(id, participantId));
  }

  /** Entered in error: it counts nowhere any more; what was written and why it goes stay. */
  async annul(actor: Actor, participantId: string, id: string, given: TakeBack): Promise<void> {
    const placement = await this.hold(actor, participantId, id);
    await this.placements.change({ id, version: given.version }, placement.annul(given.reason, this.clock.now()));
    this.keep(actor, placement, 'annulled', this.clock.today(actor.timeZone), {}, {}, given.reason);
    await this.audit.record(actor, 'placement.annulled', subject(placement), null, given.reason);
    await this.changed(actor, placement, true);
    await this.events.publish(new PlacementAnnulled(id, participantId));
  }

  /** One more piece of evidence that the person was there on a day. */
  async addEvidence(actor: Actor, participantId: string, id: string, given: AddEvidence, paper: Paper = null): Promise<void> {
    const placement = await this.hold(actor, participantId, id);
    this.rules.evidence(placement, given.onDay);
    const level = await this.papers.add(actor, placement, given, paper);
    await this.audit.record(actor, 'placement.evidence-added', subject(placement), { about: given.about, evidence: given.evidence, level });
    await this.steps.factsChanged(actor, 'first-day-worked', [participantId], false);
  }

  /** A paper of somebody else, or not what it was taken for: it goes alone, with the reason, and what rested on it is told. @throws Problem 404 where it is no evidence of this job */
  async removeEvidence(actor: Actor, participantId: string, id: string, documentId: string, { reason }: RemoveEvidence): Promise<void> {
    const placement = await this.hold(actor, participantId, id);
    const evidence = await this.reader.evidence(actor, participantId, id, documentId);
    await this.papers.takeAway(actor, id, documentId, reason);
    this.placements.withdrawEvidence(actor, evidence.id, this.clock.now());
    this.keep(actor, placement, 'evidence-removed', evidence.onDay, { evidence: evidence.kind }, {}, reason);
    await this.audit.record(actor, 'placement.evidence-removed', subject(placement), { about: evidence.about, evidence: evidence.kind }, reason);
    await this.steps.factsChanged(actor, 'first-day-worked', [participantId], true);
  }

  /** A person's jobs, those to come first, then the latest first day first; those entered in error too, marked. */
  of(actor: Actor, participantId: string): Promise<PlacementView[]> {
    return this.reader.of(actor, participantId);
  }

  /** The jobs that the person held on that day, from the first to the last day worked. */
  inWorkOn(actor: Actor, participantId: string, day: Day): Promise<PlacementView[]> {
    return this.reader.inWorkOn(actor, participantId, day);
  }

  /** The jobs of several people, in a fixed number of statements. */
  forMany(actor: Actor, participantIds: readonly string[]): Promise<Map<string, PlacementView[]>> {
    return this.reader.forMany(actor, participantIds);
  }

  /** What happened with a person's jobs, for their history. */
  happened(actor: Actor, participantId: string): Promise<JobFact[]> {
    return this.reader.happened(actor, participantId);
  }

  /** What these jobs are called, for a list. */
  titles(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    return this.placements.titles(actor, ids);
  }

  /** One job with all that was done with it; the reading is recorded. */
  open(actor: Actor, participantId: string, id: string): Promise<PlacementFile> {
    return this.reader.open(actor, participantId, id);
  }

  private async hold(actor: Actor, participantId: string, id: string): Promise<Placement> {
    this.placements.hold(participantId);
    return this.placements.get(actor, participantId, id);
  }

  /** What speaks against this first day. */
  private async begin(actor: Actor, placement: Placement, firstDayOn: Day): Promise<void> {
    await this.rules.firstDay(actor, placement, firstDayOn);
    await this.rules.age(actor, placement.participantId, placement.employerId, placement.terms, 'firstDayOn', firstDayOn);
    await this.rules.spell(actor, 'firstDayOn', { ...placement, firstDayOn });
  }

  /** What follows from a day that is another one now. */
  private async changed(actor: Actor, { id, participantId }: Placement, mayBeGone: boolean): Promise<void> {
    await this.agenda.follow(actor, participantId, id);
    await this.steps.factsChanged(actor, 'first-day-worked', [participantId], mayBeGone);
  }

  private async inAnyWork(actor: Actor, participantId: string): Promise<boolean> {
    return (await this.placements.ofPeople(actor, [participantId])).some((one) => one.state === 'running');
  }

  /** The pathway that a job belongs to: the open one to and in employment, or none. */
  private async enrolmentOf(actor: Actor, participantId: string): Promise<EnrolmentView | null> {
    return (await this.enrolments.ofParticipant(actor, participantId)).find((one) => one.pathway === 'employment-advice' && one.closedOn === null) ?? null;
  }

  private async historyOf(actor: Actor, placement: Placement): Promise<{ first: Terms; changes: TermsChange[] }> {
    const history = await this.placements.changesOf(actor, placement);
    return { first: history.find((one) => one.act === 'planned')!.after as unknown as Terms, changes: history.filter((one) => one.act === 'changed') };
  }

  private keep(actor: Actor, { id, serviceId, participantId }: Placement, act: Act, effectiveOn: Day, before: object, after: object, reason?: string, known: { id: string; recordedAt: Date } | null = null): void {
    const change: PlacementChange = {
      id: known?.id ?? newId(), placementId: id, serviceId, participantId, act, effectiveOn, before: { ...before }, after: { ...after }, reason: reason ?? null,
      recordedAt: known?.recordedAt ?? this.clock.now(), recordedBy: actor.id,
    };
    this.placements.keep(change);
  }
}

const subject = ({ id, participantId }: Placement): { kind: 'placement'; id: string; participantId: string } => ({ kind: 'placement', id, participantId });

/** A currency without a wage says nothing. */
function termsOf(given: PlanPlacement | ChangePlacement): Terms {
  const wage = given.wage ?? null;
  return {
    siteId: given.siteId ?? null, title: given.title, occupationCode: given.occupationCode ?? null, plannedStartOn: given.plannedStartOn ?? null, contractOn: given.contractOn ?? null, setting: given.setting,
    reserved: given.reserved ?? false, contract: given.contract, plannedEndOn: given.plannedEndOn ?? null, trialEndOn: given.trialEndOn ?? null, weeklyMinutes: given.weeklyMinutes ?? null,
    wage, wagePeriod: wage === null ? null : given.wagePeriod!, currency: wage === null ? null : given.currency!, subsidised: given.subsidised ?? false, tutor: given.tutor ?? null, foundBy: given.foundBy,
  };
}

function columnsOf({ wage, ...terms }: Terms): Omit<Terms, 'wage'> & Pick<Placement, 'wage'> {
  return { ...terms, wage: wage === null ? null : String(wage) };
}
