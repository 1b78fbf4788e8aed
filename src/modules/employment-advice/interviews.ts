import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays } from '../../platform/days';
import { Events } from '../../platform/events';
import { AgendaCheck, AgendaService, type Want } from '../agenda';
import { EnrolmentsService, StepAnnulled } from '../pathways';
import type { Application } from './application.entity';
import { EmploymentAdviceRepository } from './employment-advice.repository';

/** Days before an interview from which it shows, so that it is prepared together. */
const AHEAD = 7;
const keyOf = (id: string): string => `employment-advice.interview:${id}`;

/** An interview is prepared, then its outcome is noted: on the agenda until the application says what came of it, or the support ends. Never with whom it is. */
@Injectable()
export class Interviews implements OnModuleInit {
  constructor(
    private readonly kept: EmploymentAdviceRepository,
    private readonly enrolments: EnrolmentsService,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.check.registerSource('interviews', (system, participantId) => this.wants(system, participantId));
    // What the end of an enrolment had withdrawn comes back as it was; what became of the interview meanwhile is looked at again.
    this.events.subscribe(StepAnnulled, 'interviews', (event, system) => this.refresh(system, event.participantId));
  }

  async refresh(actor: Actor, participantId: string): Promise<void> {
    const wants = await this.wants(actor, participantId);
    for (const want of wants) await this.agenda.want(actor, want);
    const wanted = new Set(wants.map(({ key }) => key));
    const others = (await this.kept.applicationsOf(actor, participantId)).filter(({ id }) => !wanted.has(keyOf(id)));
    const over = others.filter(({ interviewOn }) => interviewOn !== null).map(({ id }) => keyOf(id));
    if (over.length > 0) await this.agenda.done(actor, participantId, over);
    const withdrawn = others.filter(({ interviewOn }) => interviewOn === null).map(({ id }) => keyOf(id));
    if (withdrawn.length > 0) await this.agenda.done(actor, participantId, withdrawn, 'withdrawn');
  }

  private async wants(actor: Actor, participantId: string | null): Promise<Want[]> {
    const found = await this.kept.interviews(actor, participantId);
    const standing = await this.enrolments.summaries(actor, [...new Set(found.map((one) => one.participantId))]);
    const isOver = (one: Application): boolean => standing.get(one.participantId)?.some(({ enrolmentId, closed }) => enrolmentId === one.enrolmentId && closed) ?? false;
    return found.filter((one) => !isOver(one)).map((one) => ({
      participantId: one.participantId, enrolmentId: one.enrolmentId, key: keyOf(one.id), kind: 'interview', fromOn: addDays(one.interviewOn!, -AHEAD), dueOn: one.interviewOn!, forWhom: 'coach',
      subject: { kind: 'application', id: one.id },
    }));
  }
}
