import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import type { Day } from '../../../platform/days';
import { ActivitiesService } from '../../activities';
import { AgendaService } from '../../agenda';
import { CaseloadsService } from '../../caseloads';
import { InformationService } from '../../participants';
import { EnrolmentsService } from '../../pathways';
import { WorkHistoryService } from '../../retention';
import type { FactView, TimelineFilter, TimelineView } from './timeline.dto';

/** Facts on a page; a day is cut in two only where its contacts alone are more than MOST. */
const PAGE = 30;
const MOST = 90;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LAST_DAY = '2199-12-31';

interface Last {
  happenedOn: Day;
  id: string;
}
interface Contacts {
  contacts: FactView[];
  /** The last of them where there are more. */
  last: Last | null;
}
const NONE: Contacts = { contacts: [], last: null };

/** What happened with a person, latest first: asked of each module that knows a part of it. The caller has checked that the person may be seen. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly activities: ActivitiesService,
    private readonly agenda: AgendaService,
    private readonly enrolments: EnrolmentsService,
    private readonly caseloads: CaseloadsService,
    private readonly information: InformationService,
    private readonly workHistory: WorkHistoryService,
  ) {}

  async of(actor: Actor, participantId: string, { show = 'all', before, beforeId, gap }: TimelineFilter): Promise<TimelineView> {
    const until = before ?? LAST_DAY;
    const { contacts, last } = show === 'steps' || show === 'work' ? NONE : await this.contacts(actor, participantId, { happenedOn: until, id: beforeId ?? FIRST_ID });
    const steps = show === 'contacts' || show === 'work' ? [] : await this.steps(actor, participantId);
    const work = show === 'all' || show === 'work' ? await this.work(actor, participantId, gap) : [];
    const others = show === 'all' ? [...(await this.leads(actor, participantId)), ...(await this.answers(actor, participantId)), ...(await this.acts(actor, participantId))] : [];
    const facts = [...contacts, ...[...steps, ...work, ...others].filter((one) => one.on < until)].sort((a, b) => (a.on === b.on ? (a.at < b.at ? 1 : -1) : a.on < b.on ? 1 : -1));
    return paged(facts, last);
  }

  private async contacts(actor: Actor, participantId: string, after: Last): Promise<Contacts> {
    const found = await this.activities.ofParticipant(actor, participantId, MOST + 1, after);
    const shown = found.slice(0, MOST);
    return { contacts: shown.map((activity) => fact('activity', activity.happenedOn, activity.recordedAt, { activity })), last: found.length > MOST ? shown.at(-1)! : null };
  }

  private async steps(actor: Actor, participantId: string): Promise<FactView[]> {
    const steps = (await this.enrolments.historyOf(actor, participantId)).map((step) => fact(step.act === 'step' || step.act === 'annulment' ? step.act : 'act', step.annuls ? step.takenAt.slice(0, 10) : step.effectiveOn, step.takenAt, { step }));
    const referrals = (await this.enrolments.referralsOf(actor, participantId)).map(({ receivedOn, source, wish, title }) => fact('referral', receivedOn, '', { referral: { source, wish, protocol: title } }));
    return [...steps, ...referrals];
  }

  private async leads(actor: Actor, participantId: string): Promise<FactView[]> {
    return (await this.caseloads.historyOf(actor, participantId)).filter((one) => !one.planned && one.withdrawnOn === null).map(({ coachName, reason, kind, fromOn, id }) => fact('lead', fromOn, id, { lead: { coachName, reason, kind } }));
  }

  private async acts(actor: Actor, participantId: string): Promise<FactView[]> {
    return (await this.agenda.actsOf(actor, participantId)).map((one) => fact(one.act === 'done' ? 'ticked-off' : 'put-off', one.on, one.at, { agenda: one }));
  }

  private async work(actor: Actor, participantId: string, gap: number | undefined): Promise<FactView[]> {
    return (await this.workHistory.of(actor, participantId, gap)).map(({ job, milestone }) =>
      (job ? fact('job', job.on, job.recordedAt, { job }) : fact('milestone', milestone!.answeredOn, milestone!.recordedAt, { milestone })));
  }

  private async answers(actor: Actor, participantId: string): Promise<FactView[]> {
    const { informed, purposes } = await this.information.of(actor, participantId);
    const told = informed.map(({ id, givenOn, willing, format, givenBy }) => fact('informed', givenOn, id, { informed: { willing, format, by: givenBy } }));
    const answered = purposes.flatMap(({ latest, earlier }) => [...(latest ? [latest] : []), ...earlier]).flatMap(({ id, purpose, answer, givenOn, withdrawnOn }) => [
      fact('consent', givenOn, id, { consent: { purpose, answer } }),
      ...(withdrawnOn ? [fact('consent-withdrawn', withdrawnOn, id, { consent: { purpose, answer } })] : []),
    ]);
    return [...told, ...answered];
  }
}

function fact(type: FactView['type'], on: Day, at: string, part: Partial<FactView>): FactView {
  return { type, on, at, activity: null, step: null, referral: null, lead: null, informed: null, consent: null, agenda: null, job: null, milestone: null, ...part };
}

/** Whole days, until the page is full. @param last after which there are more contacts, so that its day and those before it are not whole */
function paged(facts: readonly FactView[], last: Last | null): TimelineView {
  const days: TimelineView['days'] = [];
  const until = (day: Day): TimelineView => ({ days, before: day, beforeId: last?.happenedOn === day ? last.id : null });
  let shown = 0;
  for (const one of facts) {
    const now = days.at(-1);
    if (now?.day === one.on) now.facts.push(one);
    else if (now && (shown >= PAGE || (last && one.on <= last.happenedOn))) return until(now.day);
    else days.push({ day: one.on, facts: [one] });
    shown += 1;
  }
  return last ? until(last.happenedOn) : { days, before: null, beforeId: null };
}
