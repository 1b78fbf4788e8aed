import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { AgendaService, type Want } from '../agenda';
import { AuditService } from '../audit';
import { ActsRepository } from './acts.repository';
import { missingKey, missingWant, pausesOf } from './deadlines';
import { isMet, stepsFrom } from './engine';
import type { Enrolment, EnrolmentAct, Happening, StepRow } from './entities';
import { FactsRegistry, subjectOf } from './facts';
import { HappeningsRepository } from './happenings.repository';
import type { Protocol, Step } from './protocol';

/**
 * What happens elsewhere is a fact, whatever conditions are missing: it is kept, its step is not taken, and what is missing is asked for by dated tasks. They are
 * done when their fact has come, and go when the step is taken or leads on no more.
 */
@Injectable()
export class Happenings {
  constructor(
    private readonly kept: HappeningsRepository,
    private readonly acts: ActsRepository,
    private readonly facts: FactsRegistry,
    private readonly agenda: AgendaService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async keep(actor: Actor, enrolment: Enrolment, document: Protocol, step: Step, happenedOn: Day, history: readonly StepRow[]): Promise<void> {
    const { id: enrolmentId, serviceId, participantId } = enrolment;
    const happening: Happening = {
      id: newId(), serviceId, participantId, enrolmentId, name: step.on!, step: step.key, afterSeq: history.length, happenedOn, learnedOn: this.clock.today(actor.timeZone), recordedBy: actor.id,
    };
    await this.kept.insert(happening);
    await this.audit.record(actor, 'happening.kept', { kind: 'enrolment', id: enrolmentId, participantId }, { step: step.key, happenedOn });
    await this.follow(actor, enrolment, document, history);
  }

  /** Brings the tasks to what is missing now. @param history every row of the enrolment's steps */
  async follow(actor: Actor, enrolment: Enrolment, document: Protocol, history: readonly StepRow[]): Promise<void> {
    const { missing, met } = await this.missing(actor, enrolment, document, await this.kept.all(actor, enrolment.id), history, await this.acts.all(actor, enrolment.id));
    for (const want of missing) await this.agenda.want(actor, { ...want, keepsPostponed: true });
    const prefix = missingKey(enrolment.id, '');
    const gone = [...await this.agenda.openKeys(actor, [enrolment.participantId])].filter((key) => key.startsWith(prefix) && !missing.some((want) => want.key === key));
    const done = gone.filter((key) => met.has(key));
    if (done.length) await this.agenda.done(actor, enrolment.participantId, done);
    if (gone.length > done.length) await this.agenda.done(actor, enrolment.participantId, gone, 'withdrawn');
  }

  /** Of the whole service, or of one person, for the comparison with what is written. */
  async everything(system: Actor, participantId: string | null): Promise<Map<string, Happening[]>> {
    const of = new Map<string, Happening[]>();
    for (const one of await this.kept.everything(system, participantId)) of.set(one.enrolmentId, [...(of.get(one.enrolmentId) ?? []), one]);
    return of;
  }

  /** What is missing of the steps that would answer what happened: each condition once, asked for since the first time it was. */
  async missing(actor: Actor, enrolment: Enrolment, document: Protocol, happenings: readonly Happening[], history: readonly StepRow[], acts: readonly EnrolmentAct[]): Promise<{ missing: Want[]; met: Set<string> }> {
    const missing = new Map<string, Want>();
    const met = new Set<string>();
    const today = this.clock.today(actor.timeZone);
    for (const happening of enrolment.closedOn ? [] : happenings) {
      const step = stepsFrom(document, enrolment.stage).find((one) => one.key === happening.step && one.on !== undefined);
      if (!step || isAnswered(happening, history)) continue;
      const facts = await this.facts.gather(actor, subjectOf(enrolment), step.requires, today);
      for (const requirement of step.requires) {
        const key = missingKey(enrolment.id, requirement.key);
        if (isMet(facts.get(requirement.key), today)) met.add(key);
        else if (!missing.has(key)) missing.set(key, missingWant(enrolment, step, requirement, happening, pausesOf(enrolment, acts)));
      }
    }
    return { missing: [...missing.values()], met };
  }
}

/** Its step was taken since, and stands. */
function isAnswered(happening: Happening, history: readonly StepRow[]): boolean {
  const annulled = new Set(history.map((row) => row.annuls));
  return history.some((row) => row.key === happening.step && row.seq > happening.afterSeq && !annulled.has(row.id));
}

/** True where something that happens elsewhere could take a step of this protocol. */
export function listens(document: Protocol): boolean {
  return document.steps.some((step) => step.on !== undefined);
}
