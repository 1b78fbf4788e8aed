import { Injectable } from '@nestjs/common';
import { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Condition } from '../../platform/database/condition';
import { Database } from '../../platform/database/database';
import { addDays, type Day } from '../../platform/days';
import { forbidden } from '../../platform/problem';
import { AuditService } from '../audit';
import { UsersService } from '../identity';
import { AgendaAct } from './agenda-act.entity';
import { AgendaEntry, FURTHEST, HORIZON, type Outcome } from './agenda-entry.entity';
import type { ActView, End, EntryView, Listing, Postpone, TickOff, Want } from './agenda.dto';
import { AgendaCheck } from './agenda.check';
import { AgendaRepository } from './agenda.repository';

/** What is to be done about whom, by when. Modules write their reasons; Today, alerts and the next action read them. */
@Injectable()
export class AgendaService {
  constructor(
    private readonly entries: AgendaRepository,
    private readonly check: AgendaCheck,
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Wants something done about a person; wanted again under the same key, it moves, and opens again if it was closed. */
  async want(actor: Actor, want: Want): Promise<void> {
    if (!actor.service) throw forbidden('agenda.read');
    this.entries.upsert(actor.service, { ...want, fromOn: want.fromOn > want.dueOn ? want.dueOn : want.fromOn });
  }

  /** The same about people who are new, of whom nothing is written yet. @param past what has nothing left to say by now: written, and withdrawn at once */
  async wantOfNew(actor: Actor, wants: readonly Want[], past: ReadonlySet<Want> = new Set()): Promise<void> {
    if (!actor.service) throw forbidden('agenda.read');
    const withdrawn = { doneOn: this.clock.today(actor.timeZone), doneBy: actor.onBehalfOf ?? actor.id, outcome: 'withdrawn' as const, version: 2 };
    this.entries.addMany(wants.map((want) => Object.assign(AgendaEntry.wanted(actor.service!, want), past.has(want) ? withdrawn : {})));
  }

  /** Its fact is there (`done`), or its reason has gone (`withdrawn`). Nothing happens when nothing of the kind is open. */
  async done(actor: Actor, participantId: string, key: string | readonly string[], outcome: Outcome = 'done'): Promise<void> {
    this.entries.close(actor, participantId, [key].flat(), outcome, actor.onBehalfOf ?? actor.id, this.clock.today(actor.timeZone));
  }

  /** Closes all that an enrolment had asked for. */
  async withdrawOf(actor: Actor, end: End): Promise<void> {
    this.entries.withdrawOfEnrolment(actor, end, actor.onBehalfOf ?? actor.id, this.clock.today(actor.timeZone));
  }

  /** The end of an enrolment was a mistake: what it had withdrawn comes back. */
  async restoreOf(actor: Actor, end: End): Promise<void> {
    this.entries.restoreOfEnrolment(actor, end);
  }

  /** Puts it off, with a reason that stays. */
  async postpone(actor: Actor, id: string, given: Postpone): Promise<void> {
    const entry = await this.entries.hold(actor, id);
    const patch = entry.postpone(given.dueOn, given.reason, this.clock.today(actor.timeZone));
    await this.entries.change(entry, given.version, patch);
    this.entries.keep(AgendaAct.on(entry, 'postponed', this.byHandOf(actor), { to: given.dueOn, reason: given.reason }));
    await this.audit.record(actor, 'agenda-entry.postponed', subject(entry), { kind: entry.kind, from: entry.dueOn, to: given.dueOn }, given.reason);
  }

  /** Ticks off what no other fact closes. */
  async tickOff(actor: Actor, id: string, given: TickOff): Promise<void> {
    const entry = await this.entries.hold(actor, id);
    await this.entries.change(entry, given.version, entry.tick(actor.id, this.clock.today(actor.timeZone)));
    this.entries.keep(AgendaAct.on(entry, 'done', this.byHandOf(actor)));
    await this.audit.record(actor, 'agenda-entry.done', subject(entry), { kind: entry.kind });
  }

  /** Takes back what the actor ticked off today, as the facts want it now. */
  async reopen(actor: Actor, id: string, given: TickOff): Promise<void> {
    const entry = await this.entries.hold(actor, id);
    const today = this.clock.today(actor.timeZone);
    await this.entries.change(entry, given.version, entry.reopen(actor.id, today, entry.mayReopen(actor.id, today) ? await this.wanted(actor, entry) : null));
    this.entries.keep(AgendaAct.on(entry, 'reopened', this.byHandOf(actor)));
    await this.audit.record(actor, 'agenda-entry.reopened', subject(entry), { kind: entry.kind });
  }

  /** What was put off or ticked off about a person, by whom and when, the latest first. */
  async actsOf(actor: Actor, participantId: string): Promise<ActView[]> {
    const acts = await this.entries.actsOf(actor, participantId);
    const names = await this.namesOf(actor, acts);
    const today = this.clock.today(actor.timeZone);
    const mine = acts.filter((one) => one.act === 'done' && one.actedBy === actor.id && one.actedOn === today).map((one) => one.entryId);
    const open = new Map<string, { version: number }>();
    for (const entry of mine.length ? await this.entries.tickedOff(actor, mine) : []) {
      if (entry.mayReopen(actor.id, today) && (await this.wanted(actor, entry))) open.set(entry.id, { version: entry.version });
    }
    return acts.map((one) => actView(one, names, one.act === 'done' ? open.get(one.entryId) ?? null : null));
  }

  /** Who put each of these off, when and from which day: those alone that somebody did. */
  async putOff(actor: Actor, entries: readonly EntryView[]): Promise<Map<string, ActView>> {
    const ids = entries.filter((one) => one.postponed).map((one) => one.id);
    if (ids.length === 0) return new Map();
    const acts = await this.entries.lastPutOff(actor, ids);
    const names = await this.namesOf(actor, acts);
    return new Map(acts.map((one) => [one.entryId, actView(one, names, null)]));
  }

  /** What follows from the facts needs the rights of nobody. */
  private wanted(actor: Actor, entry: AgendaEntry): Promise<Want | null> {
    const system = Actor.system('agenda', actor.service, { onBehalfOf: actor.id, zone: actor.timeZone });
    return this.database.as(system, () => this.check.wanted(system, entry));
  }

  private byHandOf(actor: Actor): { by: string | null; on: Day; at: Date } {
    return { by: actor.id, on: this.clock.today(actor.timeZone), at: this.clock.now() };
  }

  private async namesOf(actor: Actor, acts: readonly AgendaAct[]): Promise<Map<string, string>> {
    const ids = [...new Set(acts.flatMap((one) => one.actedBy ?? []))];
    return ids.length ? this.users.names(actor, ids) : new Map<string, string>();
  }

  async entry(actor: Actor, id: string): Promise<EntryView> {
    return viewOf(await this.entries.get(actor, id));
  }

  /** What waits for this actor today about these people and what is late, the oldest first. */
  async today(actor: Actor, participantIds: readonly string[]): Promise<EntryView[]> {
    return (await this.entries.today(actor, participantIds, this.clock.today(actor.timeZone))).map(viewOf);
  }

  /** For whoever counts: of an entry `e`, that it shows on this actor's Today. */
  showing(actor: Actor): Condition {
    return this.entries.showing(actor, this.clock.today(actor.timeZone));
  }

  /** And that it presses. */
  pressing(actor: Actor): Condition {
    return this.entries.pressing(actor, this.clock.today(actor.timeZone), this.horizon(actor));
  }

  /** About how many people something presses today. */
  countToday(actor: Actor): Promise<number> {
    return this.entries.countToday(actor, this.clock.today(actor.timeZone), this.horizon(actor));
  }

  /** The last day that Today looks ahead to. */
  horizon(actor: Actor): Day {
    return addDays(this.clock.today(actor.timeZone), HORIZON);
  }

  /** All that is open about a person, also what shows on a later day only. */
  async openOf(actor: Actor, participantId: string): Promise<EntryView[]> {
    return (await this.entries.openOf(actor, participantId)).map(viewOf);
  }

  /** The same for whoever reads it by itself: that something of the person's file was shown is recorded. */
  async readOf(actor: Actor, participantId: string): Promise<EntryView[]> {
    const open = await this.openOf(actor, participantId);
    if (open.length > 0) this.audit.opened(actor, 'participant.opened', { kind: 'participant', id: participantId, participantId });
    return open;
  }

  /** One entry for whoever reads it by itself: recorded as well. */
  async readOne(actor: Actor, id: string): Promise<EntryView> {
    const entry = await this.entry(actor, id);
    this.audit.opened(actor, 'participant.opened', { kind: 'participant', id: entry.participantId, participantId: entry.participantId });
    return entry;
  }

  /** The keys under which something is open about these people. */
  openKeys(actor: Actor, participantIds: readonly string[]): Promise<Set<string>> {
    return this.entries.openKeys(actor, participantIds);
  }

  /** The next action, person by person. */
  async nextOf(actor: Actor, participantIds: readonly string[]): Promise<Map<string, EntryView>> {
    if (participantIds.length === 0) return new Map();
    return new Map((await this.entries.nextOf(actor, participantIds)).map((entry) => [entry.participantId, viewOf(entry)]));
  }

  /** For a list of people: the entries that it has chosen, by their ids, and the warnings that show today, person by person. */
  async listed(actor: Actor, chosen: readonly string[], participantIds: readonly string[]): Promise<{ next: Map<string, EntryView>; warnings: Map<string, EntryView[]> }> {
    const today = this.clock.today(actor.timeZone);
    const next = new Map<string, EntryView>();
    const warnings = new Map<string, EntryView[]>();
    if (participantIds.length === 0) return { next, warnings };
    for (const entry of (await this.entries.listed(actor, chosen, participantIds, today)).map(viewOf)) {
      if (chosen.includes(entry.id)) next.set(entry.id, entry);
      if (entry.nature === 'warning' && entry.fromOn <= today) warnings.set(entry.participantId, [...(warnings.get(entry.participantId) ?? []), entry]);
    }
    return { next, warnings };
  }

  /** A portion of all that is open of some kinds about the people whom the actor sees, in the order of the days that the facts ask for. */
  async ofKinds(actor: Actor, listing: Listing, portion: { limit: number; offset: number }): Promise<{ items: EntryView[]; total: number }> {
    const [entries, total] = await this.entries.ofKinds(actor, listing, portion);
    return { items: entries.map(viewOf), total };
  }

  /** The last day to which something may be put off. */
  furthest(): number {
    return FURTHEST;
  }
}

/** True on a day after the one by which it was due. */
export const isLate = (entry: { dueOn: Day }, today: Day): boolean => entry.dueOn < today;

export function viewOf(entry: AgendaEntry): EntryView {
  const { id, participantId, enrolmentId, key, kind, nature, fromOn, dueOn, forWhom, userId, params, byHand, version } = entry;
  return {
    id, participantId, enrolmentId, key, kind, nature, fromOn, dueOn, forWhom, userId, subject: { kind: entry.subjectKind, id: entry.subjectId }, params, byHand,
    postponed: entry.postponedReason === null ? null : { wantedOn: entry.wantedDueOn, reason: entry.postponedReason },
    closed: entry.doneOn && entry.outcome ? { on: entry.doneOn, outcome: entry.outcome } : null, version,
  };
}

function actView(one: AgendaAct, names: ReadonlyMap<string, string>, reopen: ActView['reopen']): ActView {
  const { entryId, act, kind, params, fromOn, toOn, reason, actedOn, actedAt, actedBy } = one;
  return { entryId, act: act as ActView['act'], kind, params, fromOn, toOn, reason, on: actedOn, at: actedAt.toISOString(), byName: actedBy === null ? null : names.get(actedBy) ?? null, reopen };
}

const subject = (entry: AgendaEntry): { kind: string; id: string; participantId: string } => ({ kind: 'agenda-entry', id: entry.id, participantId: entry.participantId });
