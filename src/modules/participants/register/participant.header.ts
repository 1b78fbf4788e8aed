import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { AgendaService, isLate, type EntryView } from '../../agenda';
import { CaseloadsService } from '../../caseloads';
import { UsersService } from '../../identity';
import { EnrolmentsService, type TrackView } from '../../pathways';
import { ageOf } from './birth';
import { ParticipantsRepository } from './participants.repository';

export const TABS = ['overview', 'pathway', 'plan', 'job', 'profile', 'information', 'disclosure', 'opened'] as const;
export type ParticipantTab = (typeof TABS)[number];

/** What happens next, and who acts: words `agenda.kind.<kind>` with `params`. */
export interface NextAction {
  id: string;
  kind: string;
  params: EntryView['params'];
  dueOn: string;
  state: 'late' | null;
  /** Who acts; null when it is whoever manages the service. */
  who: string | null;
  mine: boolean;
  href: string;
  /** Key of the words on its button: they name the act. */
  act: string;
  version: number;
}

/** What stands above every tab of a person's page (partial `participants/_header`). */
export interface ParticipantHeader {
  id: string;
  name: string;
  age: number | null;
  place: string | null;
  /** Who leads today. */
  coach: string | null;
  /** Who leads from a day to come, where a hand-over is planned. */
  nextCoach: { name: string; fromOn: string } | null;
  /** Of the open enrolments; of the last one when none is open. */
  tracks: TrackView[];
  next: NextAction | null;
  /** True while an enrolment is open: something should happen next. */
  open: boolean;
  alerts: { kind: string; params: EntryView['params']; dueOn: string; late: boolean; href: string }[];
  tabs: { key: ParticipantTab; href: string; current: boolean }[];
}

@Injectable()
export class ParticipantHeaders {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly caseloads: CaseloadsService,
    private readonly users: UsersService,
    private readonly agenda: AgendaService,
    private readonly enrolments: EnrolmentsService,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor, id: string, tab: ParticipantTab): Promise<ParticipantHeader> {
    const person = await this.participants.get(actor, id);
    const today = this.clock.today(actor.timeZone);
    const { now: lead, next: coming } = await this.caseloads.leadsAhead(actor, id);
    const enrolments = await this.enrolments.ofParticipant(actor, id);
    const running = enrolments.filter((one) => one.closedOn === null);
    const tracks: TrackView[] = [];
    for (const one of running.length ? running : enrolments.slice(0, 1)) tracks.push(await this.enrolments.trackOf(actor, one.id));
    const next = (await this.agenda.nextOf(actor, [id])).get(id) ?? null;
    const names = await this.users.names(actor, [lead?.coachId, coming?.coachId, next?.userId].filter((one) => typeof one === 'string'));
    const alerts = (await this.agenda.openOf(actor, id)).filter((one) => one.nature === 'warning' && one.fromOn <= today);
    return {
      id, name: person.name, age: ageOf(person, today), place: person.place, coach: lead ? names.get(lead.coachId) ?? null : null,
      nextCoach: coming && { name: names.get(coming.coachId) ?? '', fromOn: coming.fromOn }, tracks, open: running.length > 0,
      next: next && nextAction(actor, next, lead?.coachId ?? null, names, today),
      alerts: alerts.map((one) => ({ kind: one.kind, params: { ...one.params, due: one.dueOn }, dueOn: one.dueOn, late: isLate(one, today), href: whereOf(one) })),
      tabs: TABS.map((key) => ({ key, href: key === 'overview' ? `/participants/${id}` : `/participants/${id}/${key}`, current: key === tab })),
    };
  }
}

function nextAction(actor: Actor, entry: EntryView, leadId: string | null, names: Map<string, string>, today: string): NextAction {
  const whoId = entry.userId ?? (entry.forWhom === 'coach' ? leadId : null);
  return {
    id: entry.id, kind: entry.kind, params: { ...entry.params, due: entry.dueOn }, dueOn: entry.dueOn, state: isLate(entry, today) ? 'late' : null, who: whoId ? names.get(whoId) ?? null : null,
    mine: whoId ? whoId === actor.id : actor.role === 'manager', href: whereOf(entry), act: ACT_ON[entry.subject.kind] ?? `agenda.act.${entry.kind}`, version: entry.version,
  };
}

/** What is done on a page that says so by its name. */
const ACT_ON: Record<string, string> = { contact: 'participants.next.contact', plan: 'participants.next.plan' };

const TAB_OF: Record<string, ParticipantTab> = {
  enrolment: 'pathway', referral: 'pathway', step: 'pathway', recognition: 'profile', profile: 'profile', entry: 'profile', 'washington-group': 'profile',
  information: 'information', consent: 'information', measure: 'information', plan: 'plan', agreement: 'plan',
};

/** The page on which what is wanted about a person is done. */
export function whereOf({ participantId, enrolmentId, subject, params }: Pick<EntryView, 'participantId' | 'enrolmentId' | 'subject' | 'params'>): string {
  const person = `/participants/${participantId}`;
  if (subject.kind === 'contact') return `/activities/new?participant=${participantId}`;
  if (subject.kind === 'step' && enrolmentId && typeof params.key === 'string') return `${person}/pathway/${enrolmentId}/steps/${params.key}`;
  if (subject.kind === 'referral' && enrolmentId) return `${person}/enrolments/${enrolmentId}/referral`;
  if (subject.kind === 'placement' && subject.id) return `${person}/placements/${subject.id}`;
  if (subject.kind === 'milestone' && subject.id) return `${person}/milestones/${subject.id}`;
  if (subject.kind === 'need' && subject.id) return `${person}/needs/${subject.id}`;
  if (['benefits-advice', 'needs', 'disclosure'].includes(subject.kind)) return `${person}/${subject.kind}`;
  if (subject.kind === 'application' && subject.id) return `${person}/applications/${subject.id}`;
  if (subject.kind === 'recognition' && subject.id) return `${person}/recognitions/${subject.id}`;
  const tab = TAB_OF[subject.kind];
  return tab ? `${person}/${tab}` : person;
}
