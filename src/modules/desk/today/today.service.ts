import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { daysBetween, type Day, isDay } from '../../../platform/days';
import { AgendaService, isLate, type ActView, type EntryView } from '../../agenda';
import { ParticipantsService, whereOf } from '../../participants';
import { EnrolmentsService, type SummaryView } from '../../pathways';
import { GROUPS, URGENCY, type Group, type PersonToday, type ReasonView, type TodayView } from './today.dto';

/** Who waits for somebody to act today, and why: each person once. As many statements for three reasons as for three hundred. */
@Injectable()
export class TodayService {
  constructor(
    private readonly agenda: AgendaService,
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly clock: Clock,
  ) {}

  /** @param later true to look beyond the days that Today looks ahead */
  async of(actor: Actor, later = false): Promise<TodayView> {
    const today = this.clock.today(actor.timeZone);
    const horizon = this.agenda.horizon(actor);
    const entries = await this.agenda.today(actor);
    const putOff = await this.agenda.putOff(actor, entries);
    const reasons = entries.map((entry) => ({ entry, reason: reasonView(entry, today, horizon, putOff.get(entry.id)) }));
    const shown = later ? reasons : reasons.filter(({ reason }) => reason.group !== 'later');
    const ids = [...new Set(shown.map(({ entry }) => entry.participantId))];
    const names = await this.participants.names(actor, ids);
    const summaries = await this.enrolments.summaries(actor, ids);
    const byPerson = (some: typeof reasons): PersonToday[] => {
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
    return {
      groups: near.map((one) => (one.group === 'later' ? far.find(({ group }) => group === 'later')! : one)), total: near.reduce((sum, one) => sum + one.people.length, 0),
      later: { count: reasons.filter(({ reason }) => reason.group === 'later').length, after: horizon },
    };
  }

  /** What the notice after an act says of an entry. */
  async said(actor: Actor, id: string): Promise<{ name: string; what: EntryView }> {
    const what = await this.agenda.entry(actor, id);
    return { name: (await this.participants.names(actor, [what.participantId])).get(what.participantId) ?? '', what };
  }

  async reason(actor: Actor, id: string): Promise<ReasonView & { name: string }> {
    const entry = await this.agenda.entry(actor, id);
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
export function inGroups(people: readonly PersonToday[]): TodayView['groups'] {
  const urgency = (one: ReasonView): number => URGENCY.indexOf(one.group);
  const sorted = people.map((one) => ({ ...one, reasons: [...one.reasons].sort((a, b) => urgency(a) - urgency(b) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)) }));
  const first = (one: PersonToday): string => one.reasons[0]!.dueOn;
  return GROUPS.map((group) => ({
    group, also: sorted.filter((one) => one.reasons[0]!.group !== group && one.reasons.some((reason) => reason.group === group)).length,
    people: sorted.filter((one) => one.reasons[0]!.group === group).sort((a, b) => (first(a) < first(b) ? -1 : first(a) > first(b) ? 1 : a.participantId < b.participantId ? -1 : 1)),
  }));
}

function reasonView(entry: EntryView, today: Day, horizon: Day, putOff: ActView | undefined): ReasonView {
  const { id, participantId, kind, nature, params, fromOn, dueOn, byHand, postponed, version } = entry;
  const act = entry.subject.kind === 'contact' ? 'contact' : byHand && nature === 'task' ? 'done' : 'open';
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
