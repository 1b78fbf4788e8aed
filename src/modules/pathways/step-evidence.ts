import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { AgendaService, type Want } from '../agenda';
import { ActsRepository } from './acts.repository';
import { evidenceKey, evidenceWant, standing } from './deadlines';
import { isMet } from './engine';
import { EnrolmentsRepository } from './enrolments.repository';
import type { Enrolment, EnrolmentAct, StepRow } from './entities';
import { FactsRegistry, subjectOf } from './facts';
import { stepOf, type Kind, type Protocol, type Requirement, type Said } from './protocol';
import { ProtocolsService } from './protocols.service';

/** A step that stands on something, by its title and its day. */
export interface Resting {
  participantId: string;
  title: Said;
  effectiveOn: Day;
}

/**
 * What a step rested on may be corrected or withdrawn afterwards. The step stands, the history says so, and a warning asks somebody to look: until it is ticked off,
 * the step is annulled, or the evidence is there again.
 */
@Injectable()
export class StepEvidence {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly acts: ActsRepository,
    private readonly protocols: ProtocolsService,
    private readonly facts: FactsRegistry,
    private readonly agenda: AgendaService,
    private readonly clock: Clock,
  ) {}

  /** Facts of one kind have changed: the requirements of that kind are judged again, each as of the day of its step. */
  async follow(actor: Actor, enrolment: Enrolment, kind: Kind): Promise<void> {
    const rows = standing(await this.enrolments.stepsOf(actor, enrolment.id));
    const documents = await this.protocols.documents(rows.map((row) => row.versionId));
    const known = await this.acts.all(actor, enrolment.id);
    for (const [index, row] of rows.entries()) {
      const { document } = documents.get(row.versionId)!;
      const was = goneOf(row, known);
      const told: EnrolmentAct['kind'][] = [];
      for (const requirement of restingRequirements(document, row, kind)) {
        const subject = { ...subjectOf(enrolment), stageSince: rows[index - 1]?.effectiveOn ?? enrolment.referredOn };
        const fact = (await this.facts.gather(actor, subject, [requirement], row.effectiveOn)).get(requirement.key);
        const isThere = (id: string | null): boolean => fact?.evidence.some((one) => one.id === id) ?? false;
        const isGone = !isMet(fact, row.effectiveOn) && row.evidence.some((one) => one.requirement === requirement.key && !isThere(one.id));
        if (isGone === was.has(requirement.key)) continue;
        told.push(isGone ? 'evidence-gone' : 'evidence-back');
        const today = this.clock.today(actor.timeZone);
        await this.acts.insert(actor, enrolment, { kind: told.at(-1)!, happenedOn: today, recordedAt: this.clock.now(), stepId: row.id, requirement: requirement.key });
      }
      if (told.length > 0) await this.tell(actor, enrolment, document, row, told.includes('evidence-gone'));
    }
  }

  /** Its step was taken back: nobody has to look any more. */
  async withdraw(actor: Actor, enrolment: Enrolment, row: StepRow): Promise<void> {
    await this.agenda.done(actor, enrolment.participantId, evidenceKey(enrolment.id, row.id), 'withdrawn');
  }

  /** An end was a mistake: what has gone since the end is told as well. @param since when the end was recorded */
  async bringBack(actor: Actor, enrolment: Enrolment, since: Date): Promise<void> {
    const rows = standing(await this.enrolments.stepsOf(actor, enrolment.id));
    const documents = await this.protocols.documents(rows.map((row) => row.versionId));
    const known = await this.acts.all(actor, enrolment.id);
    for (const row of rows) {
      const gone = [...goneOf(row, known).values()];
      if (gone.some((act) => act.recordedAt >= since)) await this.agenda.want(actor, evidenceWant(enrolment, documents.get(row.versionId)!.document, row, gone));
      else if (gone.length === 0) await this.withdraw(actor, enrolment, row);
    }
  }

  /** All that is wanted, from the facts. @param rows those that stand */
  wants(enrolment: Enrolment, rows: readonly StepRow[], acts: readonly EnrolmentAct[], documents: ReadonlyMap<string, { document: Protocol }>): Want[] {
    if (enrolment.closedOn) return [];
    return rows.flatMap((row) => {
      const gone = [...goneOf(row, acts).values()];
      return gone.length > 0 ? [evidenceWant(enrolment, documents.get(row.versionId)!.document, row, gone)] : [];
    });
  }

  /** The steps of these people, still in force, that rest on this. */
  async restingOn(actor: Actor, evidenceId: string, participantIds: readonly string[]): Promise<Resting[]> {
    const resting: Resting[] = [];
    for (const enrolment of await this.enrolments.ofParticipants(actor, participantIds)) {
      const rows = standing(await this.enrolments.stepsOf(actor, enrolment.id)).filter((row) => row.evidence.some(({ id }) => id === evidenceId));
      const documents = await this.protocols.documents(rows.map((row) => row.versionId));
      for (const row of rows) resting.push({ participantId: enrolment.participantId, title: stepOf(documents.get(row.versionId)!.document, row.key!)!.title, effectiveOn: row.effectiveOn });
    }
    return resting;
  }

  private async tell(actor: Actor, enrolment: Enrolment, document: Protocol, row: StepRow, isNew: boolean): Promise<void> {
    const gone = [...goneOf(row, await this.acts.all(actor, enrolment.id)).values()];
    if (gone.length === 0) await this.agenda.done(actor, enrolment.participantId, evidenceKey(enrolment.id, row.id));
    else if (isNew && !enrolment.closedOn) await this.agenda.want(actor, evidenceWant(enrolment, document, row, gone));
  }
}

/** What the step was let through by, and that names its evidence. */
function restingRequirements(document: Protocol, row: StepRow, kind: Kind): Requirement[] {
  const rule = row.key ? stepOf(document, row.key) : undefined;
  return (rule?.requires ?? []).filter((one) => one.kind === kind && row.met.includes(one.key) && row.evidence.some(({ requirement }) => requirement === one.key));
}

/** The requirements of a step whose evidence has gone and not come back: each with the line that says so. */
function goneOf(row: StepRow, acts: readonly EnrolmentAct[]): Map<string, EnrolmentAct> {
  const gone = new Map<string, EnrolmentAct>();
  for (const act of acts) {
    if (act.stepId !== row.id || act.requirement === null) continue;
    if (act.kind === 'evidence-gone') gone.set(act.requirement, act);
    else gone.delete(act.requirement);
  }
  return gone;
}
