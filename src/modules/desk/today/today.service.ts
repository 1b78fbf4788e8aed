import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { daysBetween, type Day, isDay } from '../../../platform/days';
import { AgendaService, isLate, type ActView, type EntryView } from '../../agenda';
import { ParticipantsService, whereOf } from '../../participants';
import { EnrolmentsService, type SummaryView } from '../../pathways';
import { GROUPS, PORTION, URGENCY, type Group, type GroupToday, type PersonToday, type ReasonView, type TodayView } from './today.dto';
import type { LookAhead } from './today.filter';
import { TodayRepository } from './today.repository';

/** Who waits for somebody to act today, and why: each person once. As many statements for three reasons as for three thousand, and never more rows than are shown. */
@Injectable()
export class TodayService {
  constructor(
    private readonly people: TodayRepository,
    private readonly agenda: AgendaService,
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly clock: Clock,
  ) {}

  /** The first of every group, or one group a portion at a time. `later`: to look beyond the days that Today looks ahead. */
  async of(actor: Actor, { later = false, group, page = 1 }: LookAhead = {}): Promise<TodayView> {
    const today = this.clock.today(actor.timeZone);
    const horizon = this.agenda.horizon(actor);
    const counted = await this.people.groups(actor, group ? page : 1);
    const chosen = (far: boolean): Set<string> => new Set(counted.filter((one) => (one.group === 'later') === far && (group ? one.group === group : !far || later)).flatMap((one) => one.ids));
    const [nearby, farOff] = [chosen(false), chosen(true)];
    const ids = [...new Set([...nearby, ...farOff])];
    const entries = await this.agenda.today(actor, ids);
    const putOff = await this.agenda.putOff(actor, entries);
    const shown = entries.map((entry) => ({ entry, reason: reasonView(entry, today, horizon, putOff.get(entry.id)) }))
      .filter(({ entry, reason }) => (reason.group === 'later' ? farOff : nearby).has(entry.participantId));
    const names = await this.participants.names(actor, ids);
    const summaries = await this.enrolments.summaries(actor, ids);
    const byPerson = (some: typeof shown): PersonToday[] => {
      const people = new Map<string, PersonToday>();
      for (const { entry, reason } of some) {
        const known = people.get(entry.participantId);
        if (known) known.reasons.push(reason);
        else people.set(entry.participantId, { participantId: entry.participantId, name: names.get(entry.participantId) ?? '', where: whereStands(entry, summaries.get(entry.participantId) ?? []), reasons: [reason] });
      }
      return [...people.values()];
    };
    const near = inGroups(byPerson(shown.filter(({ reason }) => reason.group !== 'later')));
    const far = inGroups(byPerson(shown.filter(({ reason }) => reason.group === 'later')));
    const groups = counted.map((one): GroupToday => ({
      group: one.group, count: one.people, page: one.page, people: (one.group === 'later' ? far : near).get(one.group) ?? [], also: one.touched - one.people,
    }));
    return {
      groups, total: groups.reduce((sum, one) => sum + (one.group === 'later' ? 0 : one.count), 0), size: PORTION,
      later: { count: counted.find((one) => one.group === 'later')!.reasons, after: horizon },
    };
  }

  /** What the notice after an act says of an entry. */
  async said(actor: Actor, id: string): Promise<{ name: string; what: EntryView }> {
    const what = await this.agenda.entry(actor, id);
    return { name: (await this.participants.names(actor, [what.participantId])).get(what.participantId) ?? '', what };
  }

  /** One reason on a page of its own: that it was shown is recorded. */
  async reason(actor: Actor, id: string): Promise<ReasonView & { name: string }> {
    const entry = await this.agenda.readOne(actor, id);
    const names = await this.participants.names(actor, [entry.participantId]);
    const putOff = await this.agenda.putOff(actor, [entry]);
    return { ...reasonView(entry, this.clock.today(actor.timeZone), this.agenda.horizon(actor), putOff.get(id)), name: names.get(entry.participantId) ?? '' };
  }
}

/** A warning stays one however old it is; who waits for an answer waits now; our own work may lie beyond the horizon. */
export function groupOf(entry: Pick<EntryView, 'nature' | 'dueOn'>, today: Day, horizon: Day): Group {
  if (entry.nature === 'warning') return 'warn';
  if (isLate(entry, today)) return 'late';
  if (entry.nature === 'request') return 'wait';
  return entry.dueOn <= horizon ? 'due' : 'later';
}

/** Each person in the group of what presses most about them; reasons and people in the order of their days. */
export function inGroups(people: readonly PersonToday[]): Map<Group, PersonToday[]> {
  const urgency = (one: ReasonView): number => URGENCY.indexOf(one.group);
  const sorted = people.map((one) => ({ ...one, reasons: [...one.reasons].sort((a, b) => urgency(a) - urgency(b) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)) }));
  const first = (one: PersonToday): string => one.reasons[0]!.dueOn;
  return new Map(GROUPS.map((group) => [
    group, sorted.filter((one) => one.reasons[0]!.group === group).sort((a, b) => (first(a) < first(b) ? -1 : first(a) > first(b) ? 1 : a.participantId < b.participantId ? -1 : 1)),
  ]));
}

function reasonView(entry: EntryView, today: Day, horizon: Day, putOff: ActView | undefined): ReasonView {
  const { id, participantId, kind, nature, params, fromOn, dueOn, byHand, postponed, version } = entry;
  const act = entry.subject.kind === 'contact' ? 'contact' : byHand && nature === 'task' && entry.subject.kind === 'enrolment' ? 'done' : 'open';
  const contact = typeof params.contact === 'string' ? params.contact : null;
  return {
    id, participantId, kind, nature, group: groupOf(entry, today, horizon), params: { ...params, due: dueOn }, fromOn, dueOn, aboutOn: dayIn(params.since) ?? dayIn(params.until) ?? dueOn,
    daysLate: Math.max(0, daysBetween(dueOn, today)), act, contact,
    href: act === 'contact' ? `/today?participant=${participantId}${contact ? `&kind=${contact}` : ''}#contact` : whereOf(entry), byHand, version,
    postponed: postponed && { wantedOn: postponed.wantedOn, fromOn: putOff?.fromOn ?? postponed.wantedOn, on: putOff?.on ?? null, byName: putOff?.byName ?? null, reason: postponed.reason },
  };
}

function whereStands(entry: EntryView, summaries: readonly SummaryView[]): PersonToday['where'] {
  const enrolment = summaries.find((one) => one.enrolmentId === entry.enrolmentId) ?? summaries.find((one) => !one.closed);
  return enrolment ? { pathway: enrolment.pathway, stageTitle: enrolment.stageTitle, pausedUntil: enrolment.pausedUntil } : null;
}

function dayIn(value: unknown): Day | null {
  return isDay(value) ? value : null;
}
