import { Injectable } from '@nestjs/common';
import type { Actor, Language } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { daysBetween, type Day } from '../../../platform/days';
import { Words } from '../../../platform/views/words';
import { csv } from '../../../platform/web/csv';
import { AgendaService, type EntryView } from '../../agenda';
import { AuditService } from '../../audit';
import { CaseloadsService } from '../../caseloads';
import { UsersService } from '../../identity';
import { EnrolmentsService, type Pathway } from '../../pathways';
import { PAGE_SIZE, type CaseloadFilter, type CaseloadPageView, type CaseloadRow, type CaseloadSummary } from './caseload.dto';
import { AccompaniedRepository } from '../accompanied.repository';
import { tooManyRows } from '../desk.problems';
import { CaseloadRepository, type CaseloadIds } from './caseload.repository';

const BATCH = 1_000;
/** More rows than this are no file for a spreadsheet any more. */
const MOST = 10_000;
const COLUMNS = ['name', 'coach', 'pathway', 'stage', 'since', 'weight', 'next', 'due', 'warnings'] as const;

/** The people accompanied, as a list: where each stands, what comes next, what may go wrong. */
@Injectable()
export class CaseloadService {
  constructor(
    private readonly rows: CaseloadRepository,
    private readonly accompanied: AccompaniedRepository,
    private readonly agenda: AgendaService,
    private readonly enrolments: EnrolmentsService,
    private readonly caseloads: CaseloadsService,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly words: Words,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, filter: CaseloadFilter): Promise<CaseloadPageView> {
    const page = filter.page ?? 1;
    const { ids, total, people } = await this.rows.page(actor, filter, PAGE_SIZE, (page - 1) * PAGE_SIZE);
    return { items: await this.filled(actor, ids), total, people, page, size: PAGE_SIZE };
  }

  /** @param people how many there are, where the caller has just counted them: the list without a filter has */
  async summary(actor: Actor, people?: number): Promise<CaseloadSummary> {
    const load = await this.enrolments.load(actor);
    const byPathway = new Map<Pathway, number>();
    const stages = new Map<string, { stage: string; title: (typeof load)[number]['stageTitle'] }>();
    for (const { pathway, count } of load) {
      byPathway.set(pathway, (byPathway.get(pathway) ?? 0) + count);
    }
    for (const { stage, stageTitle } of [...load].sort((one, other) => one.position - other.position)) {
      if (!stages.has(stage)) stages.set(stage, { stage, title: stageTitle });
    }
    return {
      people: people ?? await this.rows.people(actor), enrolments: load.reduce((sum, one) => sum + one.count, 0), byPathway: [...byPathway].map(([pathway, count]) => ({ pathway, count })), stages: [...stages.values()],
      weight: Math.round(load.reduce((sum, one) => sum + one.weight, 0) * 10) / 10, ...(await this.accompanied.pressing(actor)),
    };
  }

  /** The filtered list as a file for a spreadsheet, in the reader's language. */
  async export(actor: Actor, filter: CaseloadFilter, language: Language): Promise<string> {
    const say = (key: string, values = {}): string => this.words.say(language, key, values);
    const lines: (string | number | null)[][] = [];
    for (let offset = 0; ; offset += BATCH) {
      const { ids, total } = await this.rows.page(actor, filter, BATCH, offset);
      if (total > MOST) throw tooManyRows(MOST);
      for (const { name, coachName, enrolment, next, warnings } of await this.filled(actor, ids)) {
        lines.push([
          name, coachName, enrolment && say(`pathways.pathway.${enrolment.pathway}`), enrolment && enrolment.stageTitle[language], enrolment?.since ?? null, enrolment?.weight ?? null,
          next && say(`agenda.kind.${next.kind}`, next.params), next?.dueOn ?? null, warnings.map((one) => say(`agenda.kind.${one.kind}`, one.params)).join(' · '),
        ]);
      }
      if (ids.length < BATCH) break;
    }
    this.audit.opened(actor, 'caseload.exported', { kind: 'caseload', id: null });
    return csv(COLUMNS.map((name) => say(`desk.csv.${name}`)), lines);
  }

  private async filled(actor: Actor, ids: readonly CaseloadIds[]): Promise<CaseloadRow[]> {
    const today = this.clock.today(actor.timeZone);
    const people = [...new Set(ids.map((one) => one.participant_id))];
    const summaries = await this.enrolments.summaries(actor, people);
    const { next, warnings } = await this.agenda.listed(actor, ids.flatMap((one) => one.next_id ?? []), people);
    const leads = await this.caseloads.leadsOf(actor, people);
    const names = await this.users.names(actor, [...new Set([...leads.values()].map((one) => one.coachId))]);
    return ids.map(({ participant_id: participantId, enrolment_id: enrolmentId, next_id: nextId, family_names: family, given_names: given }) => {
      const lead = leads.get(participantId);
      const all = summaries.get(participantId) ?? [];
      return {
        participantId, name: `${family}, ${given}`, coachName: (lead && names.get(lead.coachId)) ?? null,
        enrolment: (enrolmentId ? all.find((one) => one.enrolmentId === enrolmentId) : all[0]) ?? null,
        next: nextOf(nextId ? next.get(nextId) : undefined, actor, lead?.coachId ?? null, today),
        warnings: (warnings.get(participantId) ?? []).map(({ id, kind, params, dueOn }) => ({ id, kind, params: { ...params, due: dueOn }, dueOn })),
      };
    });
  }
}

function nextOf(entry: EntryView | undefined, actor: Actor, leadId: string | null, today: Day): CaseloadRow['next'] {
  if (!entry) return null;
  const { id, kind, params, dueOn, nature, forWhom, userId } = entry;
  const mine = userId ? userId === actor.id : forWhom === 'coach' ? leadId === actor.id : actor.role === 'manager';
  return { id, kind, params: { ...params, due: dueOn }, dueOn, nature, forWhom, daysLate: nature === 'warning' ? 0 : Math.max(0, daysBetween(dueOn, today)), mine };
}
