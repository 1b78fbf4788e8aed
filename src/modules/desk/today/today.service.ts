import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { daysBetween, type Day, isDay } from '../../../platform/days';
import { AgendaService, isLate, type EntryView } from '../../agenda';
import { ParticipantsService, whereOf } from '../../participants';
import { EnrolmentsService, type SummaryView } from '../../pathways';
import { GROUPS, type Group, type ReasonView, type TodayView } from './today.dto';

/** What waits for somebody today, grouped by how it presses. As many statements for three reasons as for three hundred. */
@Injectable()
export class TodayService {
  constructor(
    private readonly agenda: AgendaService,
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor): Promise<TodayView> {
    const today = this.clock.today(actor.timeZone);
    const entries = await this.agenda.today(actor);
    const ids = [...new Set(entries.map((one) => one.participantId))];
    const names = await this.participants.names(actor, ids);
    const summaries = await this.enrolments.summaries(actor, ids);
    const groups = new Map<Group, ReasonView[]>(GROUPS.map((group) => [group, []]));
    for (const entry of entries) groups.get(groupOf(entry, today))!.push(reasonView(entry, names.get(entry.participantId) ?? '', summaries.get(entry.participantId) ?? [], today));
    return { groups: [...groups].map(([group, reasons]) => ({ group, reasons })), total: entries.length };
  }

  async reason(actor: Actor, id: string): Promise<ReasonView> {
    const entry = await this.agenda.entry(actor, id);
    const names = await this.participants.names(actor, [entry.participantId]);
    return reasonView(entry, names.get(entry.participantId) ?? '', [], this.clock.today(actor.timeZone));
  }
}

/** A warning stays one however old it is; what somebody waits for is late once its day has passed. */
export function groupOf(entry: Pick<EntryView, 'nature' | 'dueOn'>, today: Day): Group {
  if (entry.nature === 'warning') return 'warn';
  if (isLate(entry, today)) return 'late';
  return entry.nature === 'request' ? 'wait' : 'due';
}

export function reasonView(entry: EntryView, name: string, summaries: readonly SummaryView[], today: Day): ReasonView {
  const { id, participantId, kind, nature, params, fromOn, dueOn, byHand, postponed, version } = entry;
  const enrolment = summaries.find((one) => one.enrolmentId === entry.enrolmentId) ?? summaries.find((one) => !one.closed) ?? null;
  const href = whereOf(entry);
  return {
    id, participantId, name, kind, nature, params: { ...params, due: dueOn }, fromOn, dueOn, aboutOn: dayIn(params.since) ?? dayIn(params.until) ?? dueOn, daysLate: Math.max(0, daysBetween(dueOn, today)),
    where: enrolment && { pathway: enrolment.pathway, stageTitle: enrolment.stageTitle }, href, act: actOf(href), byHand, postponed, version,
  };
}

function actOf(href: string): ReasonView['act'] {
  if (href.startsWith('/activities/')) return 'contact';
  const tab = href.split('/')[3];
  return tab === 'pathway' || tab === 'profile' || tab === 'information' ? tab : 'file';
}

function dayIn(value: unknown): Day | null {
  return isDay(value) ? value : null;
}
