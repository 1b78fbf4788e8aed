import { Injectable } from '@nestjs/common';
import type { Actor, Language } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { addDays, addMonths, type Day } from '../../platform/days';
import { Words } from '../../platform/views/words';
import { csv } from '../../platform/web/csv';
import { AgendaService, type EntryView } from '../agenda';
import { AuditService } from '../audit';
import { CaseloadsService } from '../caseloads';
import { UsersService } from '../identity';
import { ParticipantsService } from '../participants';
import { PlacementsService } from '../placements';
import { standingOf, untilOf, WINDOW_DAYS } from './calendar';
import { PAGE_SIZE, type DueFilter, type DueMilestone, type DueMilestonesPage } from './retention.dto';
import { RetentionRepository } from './retention.repository';
import { tooManyMilestones } from './retention.problems';

const KINDS = ['milestone', 'milestone-employer'];
const BATCH = 1_000;
/** More rows than this are no file for a spreadsheet any more. */
const MOST = 10_000;
const COLUMNS = ['name', 'coach', 'milestone', 'job', 'side', 'on', 'until', 'standing'] as const;

/** Milestones that wait for an answer, over everybody whom one sees: what the calendar has put on the agenda, so that the list and Today never differ. */
@Injectable()
export class DueMilestonesService {
  constructor(
    private readonly kept: RetentionRepository,
    private readonly agenda: AgendaService,
    private readonly participants: ParticipantsService,
    private readonly placements: PlacementsService,
    private readonly caseloads: CaseloadsService,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly words: Words,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, filter: DueFilter): Promise<DueMilestonesPage> {
    const page = filter.page ?? 1;
    const { items, total } = await this.listed(actor, filter, PAGE_SIZE, (page - 1) * PAGE_SIZE);
    return { items: await this.filled(actor, items), total, page, size: PAGE_SIZE };
  }

  /** The filtered list as a file for a spreadsheet, in the reader's language. */
  async export(actor: Actor, filter: DueFilter, language: Language): Promise<string> {
    const say = (key: string, values = {}): string => this.words.say(language, `retention.${key}`, values);
    const lines: (string | null)[][] = [];
    for (let offset = 0; ; offset += BATCH) {
      const { items, total } = await this.listed(actor, filter, BATCH, offset);
      if (total > MOST) throw tooManyMilestones(MOST);
      for (const { name, coachName, anchor, month, job, side, dueOn, untilOn, standing } of await this.filled(actor, items)) {
        lines.push([name, coachName, say('title', { anchor, month }), job, say(`side.${side}`), dueOn, untilOn, say(`standing.${standing}`)]);
      }
      if (items.length < BATCH) break;
    }
    this.audit.opened(actor, 'milestones.exported', { kind: 'milestone', id: null });
    return csv(COLUMNS.map((name) => say(`column.${name}`)), lines);
  }

  private listed(actor: Actor, filter: DueFilter, limit: number, offset: number): Promise<{ items: EntryView[]; total: number }> {
    return this.agenda.ofKinds(actor, { kinds: KINDS, ...daysOf(filter.show ?? 'now', this.clock.today(actor.timeZone)), coachId: filter.coach, latestFirst: filter.order === 'desc' }, { limit, offset });
  }

  private async filled(actor: Actor, entries: readonly EntryView[]): Promise<DueMilestone[]> {
    if (entries.length === 0) return [];
    const today = this.clock.today(actor.timeZone);
    const people = [...new Set(entries.map((one) => one.participantId))];
    const names = await this.participants.names(actor, people);
    const milestones = await this.kept.byIds(actor, entries.map((one) => one.subject.id!));
    const jobs = await this.placements.titles(actor, [...milestones.values()].flatMap((one) => one.placementId ?? []));
    const leads = await this.caseloads.leadsOf(actor, people);
    const coaches = await this.users.names(actor, [...new Set([...leads.values()].map((one) => one.coachId))]);
    return entries.flatMap(({ participantId, kind, subject, postponed, dueOn: askedUntil }) => {
      const milestone = milestones.get(subject.id!);
      if (!milestone) return [];
      const { id, placementId, anchor, month, dueOn } = milestone;
      const lead = leads.get(participantId);
      return [{
        id, participantId, name: names.get(participantId) ?? '', coachName: (lead && coaches.get(lead.coachId)) ?? null, job: placementId && (jobs.get(placementId) ?? null), anchor, month,
        side: kind === 'milestone' ? 'worker' : 'employer', dueOn, untilOn: untilOf(dueOn), putOffUntil: postponed && askedUntil,
        standing: standingOf({ dueOn, cancelled: false, status: null, endedOn: null, calls: 'yes' }, today) as DueMilestone['standing'],
      }];
    });
  }
}

/** Of which days a list shows the milestones. */
function daysOf(show: NonNullable<DueFilter['show']>, today: Day): { fromOn?: Day; untilOn?: Day } {
  const first = `${today.slice(0, 8)}01`;
  switch (show) {
    case 'now': return { untilOn: today };
    case 'late': return { untilOn: addDays(today, -WINDOW_DAYS - 1) };
    case 'month': return { fromOn: first, untilOn: addDays(addMonths(first, 1), -1) };
    case 'all': return {};
  }
}
