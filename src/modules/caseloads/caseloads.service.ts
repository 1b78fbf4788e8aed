import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { addDays } from '../../platform/days';
import { Events } from '../../platform/events';
import { editedMeanwhile, forbidden, notFound } from '../../platform/problem';
import { AuditService, type Subject } from '../audit';
import { UsersService } from '../identity';
import { Assignment } from './assignment.entity';
import type { Assign, AssignmentView, CancelHandOver, ChangeHandOver, HandOver, HandOverMany, LastLead, Lead, Leads } from './caseloads.dto';
import { HandedOver } from './caseloads.events';
import { alreadyAssigned, beforeTheLead, handOverNotPlanned, handOverPlanned, leadsChanged, nobodyChosen, notACoachHere, sameCoach, tooFarAhead } from './caseloads.problems';
import { CaseloadsRepository } from './caseloads.repository';

/** How far ahead a hand-over may be written down. */
const AHEAD = 180;

/** Who accompanies whom. */
@Injectable()
export class CaseloadsService {
  constructor(
    private readonly assignments: CaseloadsRepository,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Gives a person to a coach. The first assignment is written before the person, in the same transaction: nobody exists without a lead. */
  async assign(actor: Actor, given: Assign): Promise<void> {
    if (!actor.service) throw forbidden('participant.create');
    if (given.kind === 'lead' && (await this.assignments.leadsOn(actor, [given.participantId], given.fromOn)).length) throw alreadyAssigned();
    const assignment = Assignment.begin(actor.service, given);
    await this.assignments.insert(assignment);
    const { subject, changes } = made(assignment);
    await this.audit.record(actor, 'assignment.made', subject, changes);
  }

  /** The same for many who are new, before they are written. */
  assignNew(actor: Actor, given: readonly Assign[]): void {
    if (!actor.service) throw forbidden('participant.create');
    const assignments = given.map((one) => Assignment.begin(actor.service!, one));
    this.assignments.addMany(assignments);
    this.audit.recordMany(actor, 'assignment.made', assignments.map(made));
  }

  /** Closes one lead and opens the next on the same day: never a day without, never two. */
  async handOver(actor: Actor, participantId: string, given: HandOver): Promise<void> {
    const [now] = await this.assignments.lastLeads(actor, { participantIds: [participantId] });
    if (!now) throw notFound();
    await this.checkCoach(actor, given.toCoachId);
    await this.pass(actor, now, given);
  }

  /** Another coach, day or reason for what is planned: it is withdrawn and planned anew. */
  async changeHandOver(actor: Actor, participantId: string, given: ChangeHandOver): Promise<void> {
    await this.checkCoach(actor, given.toCoachId);
    const now = await this.withdraw(actor, participantId, given.assignmentId);
    await this.pass(actor, now, { ...given, version: now.version });
  }

  /** The present coach goes on, as if nothing had been planned; the log keeps that it was. */
  async cancelHandOver(actor: Actor, participantId: string, given: CancelHandOver): Promise<void> {
    await this.withdraw(actor, participantId, given.assignmentId);
    await this.events.publish(new HandedOver(participantId));
  }

  /** The same for several people at once, all or none. @returns how many have another lead by it */
  async handOverMany(actor: Actor, given: HandOverMany): Promise<number> {
    const chosen = new Map(given.people.filter((one) => !one.stays).map((one) => [one.participantId, one.version]));
    const leads = await this.assignments.lastLeads(actor, { participantIds: [...chosen.keys()] });
    if (leads.length < chosen.size) throw notFound();
    await this.checkCoach(actor, given.toCoachId);
    const passed = leads.filter((one) => one.coachId !== given.toCoachId);
    if (passed.length === 0) throw nobodyChosen();
    if (passed.some((one) => one.version !== chosen.get(one.participantId))) throw leadsChanged();
    for (const now of passed) await this.pass(actor, now, { ...given, version: now.version });
    return passed.length;
  }

  /** Takes back the hand-over that is planned. @returns the lead that goes on */
  private async withdraw(actor: Actor, participantId: string, assignmentId: string): Promise<Assignment> {
    const today = this.clock.today(actor.timeZone);
    const [now, planned] = await this.assignments.leadsFrom(actor, participantId, today);
    if (!now) throw notFound();
    if (planned?.id !== assignmentId) throw handOverNotPlanned();
    await this.assignments.withdraw(planned, today);
    await this.assignments.goOn(now);
    await this.audit.record(actor, 'assignment.withdrawn', { kind: 'assignment', id: planned.id, participantId }, { fromCoachId: now.coachId, toCoachId: planned.coachId, on: planned.fromOn }, planned.reason);
    return Object.assign(now, { untilOn: null, version: now.version + 1 });
  }

  private async checkCoach(actor: Actor, coachId: string): Promise<void> {
    if (!(await this.users.coachesOf(actor)).some((coach) => coach.id === coachId)) throw notACoachHere();
  }

  private async pass(actor: Actor, now: Assignment, given: HandOver): Promise<void> {
    const { participantId } = now;
    const today = this.clock.today(actor.timeZone);
    if (now.version !== given.version) throw editedMeanwhile({ coachId: now.coachId }, { coachId: given.toCoachId }, now.version);
    if (now.fromOn > today) throw handOverPlanned(now.fromOn);
    if (given.toCoachId === now.coachId) throw sameCoach();
    if (given.on < now.fromOn) throw beforeTheLead(now.fromOn);
    if (given.on > addDays(today, AHEAD)) throw tooFarAhead(addDays(today, AHEAD));
    const next = Assignment.begin(now.serviceId, { participantId, coachId: given.toCoachId, kind: 'lead', fromOn: given.on, reason: given.reason });
    await this.assignments.end(now, given.on);
    await this.assignments.insert(next);
    await this.audit.record(actor, 'assignment.handed-over', { kind: 'assignment', id: next.id, participantId }, { fromCoachId: now.coachId, toCoachId: given.toCoachId, on: given.on }, given.reason);
    await this.events.publish(new HandedOver(participantId));
  }

  /** The last lead written down, person by person. */
  async lastLeads(actor: Actor, of: { participantIds: readonly string[] } | { coachId: string }): Promise<Map<string, LastLead>> {
    const today = this.clock.today(actor.timeZone);
    return new Map((await this.assignments.lastLeads(actor, of)).map(({ participantId, coachId, fromOn, version }) => [participantId, { coachId, fromOn, version, planned: fromOn > today }]));
  }

  /** Who leads today, person by person. */
  async leadsOf(actor: Actor, participantIds: readonly string[]): Promise<Map<string, Lead>> {
    if (participantIds.length === 0) return new Map();
    const leads = await this.assignments.leadsOn(actor, participantIds, this.clock.today(actor.timeZone));
    return new Map(leads.map((one) => [one.participantId, { coachId: one.coachId, fromOn: one.fromOn }]));
  }

  /** Who leads one person today, and from which day somebody else will. */
  async leadsAhead(actor: Actor, participantId: string): Promise<Leads> {
    const today = this.clock.today(actor.timeZone);
    const leads = await this.assignments.leadsFrom(actor, participantId, today);
    const leadOf = (one: Assignment | undefined): Lead | null => (one ? { coachId: one.coachId, fromOn: one.fromOn } : null);
    return { now: leadOf(leads.find((one) => one.fromOn <= today)), next: leadOf(leads.find((one) => one.fromOn > today)) };
  }

  /** Everybody who has accompanied a person, latest first. */
  async historyOf(actor: Actor, participantId: string): Promise<AssignmentView[]> {
    const all = await this.assignments.ofParticipant(actor, participantId);
    const names = await this.users.names(actor, [...new Set(all.map((one) => one.coachId))]);
    const today = this.clock.today(actor.timeZone);
    return all.map((one) => ({
      id: one.id, coachId: one.coachId, coachName: names.get(one.coachId) ?? '', kind: one.kind, fromOn: one.fromOn, untilOn: one.untilOn, withdrawnOn: one.withdrawnOn,
      planned: one.fromOn > today && one.withdrawnOn === null, reason: one.reason, version: one.version,
    }));
  }
}

const made = ({ id, participantId, coachId, kind, fromOn }: Assignment): { subject: Subject; changes: Record<string, unknown> } =>
  ({ subject: { kind: 'assignment', id, participantId }, changes: { coachId, kind, fromOn } });
