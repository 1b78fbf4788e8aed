import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { newId } from '../../platform/id';
import { notFound } from '../../platform/problem';
import { AuditService } from '../audit';
import type { EntryOutcome } from './agenda-entry.entity';
import { entryView, type EntryView, type MarkDone, type Postpone, type Wanted } from './agenda.dto';
import { alreadyDone, dueInThePast } from './agenda.problems';
import { AgendaRepository } from './agenda.repository';

/** Computes anew, from a module's own facts, the reasons that it should have written: for the check. */
export type AgendaSource = (system: Actor) => Promise<Wanted[]>;

export interface Difference {
  participantId: string;
  key: string;
  what: 'missing' | 'too-many' | 'other-day';
}

/** One table of reasons to act. Today, a tab's alerts, the next action, the counts: all read it. */
@Injectable()
export class AgendaService {
  private readonly sources = new Map<string, AgendaSource>();

  constructor(
    private readonly entries: AgendaRepository,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** Wants a reason to stand. The same person and key: it moves, and is open again. */
  async want(actor: Actor, wanted: Wanted): Promise<void> {
    if (!actor.service) throw new Error('the agenda belongs to a service');
    await this.entries.upsert({
      id: newId(), serviceId: actor.service, participantId: wanted.participantId, enrolmentId: wanted.enrolmentId ?? null, key: wanted.key, kind: wanted.kind,
      fromOn: wanted.fromOn, dueOn: wanted.dueOn, forWhom: wanted.forWhom, userId: wanted.userId ?? null, subjectKind: wanted.subject.kind,
      subjectId: wanted.subject.id, params: wanted.params ?? {}, doneOn: null, doneBy: null, outcome: null, version: 1,
    });
  }

  /** The fact has come: its reason, or reasons, are done; or withdrawn, when it no longer holds. Not there: nothing happens. */
  async done(actor: Actor, participantId: string, key: string | readonly string[], outcome: EntryOutcome = 'done'): Promise<number> {
    return this.entries.close(participantId, typeof key === 'string' ? [key] : key, outcome, this.clock.today(actor.timeZone), actor.id);
  }

  /** Nothing of this enrolment asks for anything any more. */
  async enrolmentEnded(actor: Actor, enrolmentId: string): Promise<void> {
    await this.entries.closeOfEnrolment(enrolmentId, 'withdrawn', this.clock.today(actor.timeZone), actor.id);
  }

  /** Another day, with its reason. */
  async postpone(actor: Actor, id: string, command: Postpone): Promise<void> {
    const entry = await this.openEntry(actor, id);
    if (command.dueOn < this.clock.today(actor.timeZone)) throw dueInThePast();
    await this.entries.update({ id, version: command.version }, { dueOn: command.dueOn, fromOn: command.dueOn < entry.fromOn ? command.dueOn : entry.fromOn });
    await this.audit.record(actor, 'agenda.postponed', { kind: 'agenda-entry', id, participantId: entry.participantId }, { from: entry.dueOn, to: command.dueOn }, command.reason);
  }

  /** Done by hand: somebody says so. What a fact closes by itself comes back if the fact asks again. */
  async markDone(actor: Actor, id: string, command: MarkDone): Promise<void> {
    const entry = await this.openEntry(actor, id);
    await this.entries.update({ id, version: command.version }, { doneOn: this.clock.today(actor.timeZone), doneBy: actor.id, outcome: 'done' });
    await this.audit.record(actor, 'agenda.done', { kind: 'agenda-entry', id, participantId: entry.participantId }, { key: entry.key });
  }

  async get(actor: Actor, id: string): Promise<EntryView> {
    const entry = await this.entries.find(actor, id);
    if (!entry) throw notFound();
    return entryView(entry);
  }

  /** The reason that is due first, for each of these people. */
  async nextOf(actor: Actor, participantIds: readonly string[]): Promise<Map<string, EntryView>> {
    if (participantIds.length === 0) return new Map();
    const found = await this.entries.nextOf(actor, participantIds);
    return new Map(found.map((entry) => [entry.participantId, entryView(entry)]));
  }

  /** Every open reason about one person, due first. */
  async openOf(actor: Actor, participantId: string): Promise<EntryView[]> {
    return (await this.entries.openOf(actor, participantId)).map(entryView);
  }

  /** What shows today, for this actor's role, due first. */
  async showing(actor: Actor, limit = 100): Promise<EntryView[]> {
    return (await this.entries.showing(actor, this.clock.today(actor.timeZone), limit)).map(entryView);
  }

  async countShowing(actor: Actor): Promise<{ late: number; due: number; coming: number; waiting: number }> {
    return this.entries.countShowing(actor, this.clock.today(actor.timeZone));
  }

  /** A module's way of computing its reasons anew. `name` is the beginning of its keys. */
  registerSource(name: string, source: AgendaSource): void {
    this.sources.set(name, source);
  }

  /**
   * Compares what stands in the agenda of the actor's service with what the facts ask for.
   * Days that somebody postponed by hand are not differences: only a reason that is missing, or that nothing asks for.
   */
  async check(system: Actor): Promise<Difference[]> {
    const open = new Map((await this.entries.allOpen(system)).map((entry) => [`${entry.participantId} ${entry.key}`, entry]));
    const differences: Difference[] = [];
    for (const [name, source] of this.sources) {
      const wanted = new Map((await source(system)).map((one) => [`${one.participantId} ${one.key}`, one]));
      for (const [at, one] of wanted) if (!open.has(at)) differences.push({ participantId: one.participantId, key: one.key, what: 'missing' });
      for (const [at, entry] of open) {
        if (entry.key.startsWith(name) && !wanted.has(at)) differences.push({ participantId: entry.participantId, key: entry.key, what: 'too-many' });
      }
    }
    return differences;
  }

  private async openEntry(actor: Actor, id: string): Promise<EntryView> {
    const entry = await this.entries.find(actor, id);
    if (!entry) throw notFound();
    if (entry.doneOn) throw alreadyDone();
    return entryView(entry);
  }
}
