import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Events } from '../../platform/events';
import { EnrolmentsService, OpenTasks, StepTaken } from '../pathways';
import { EmploymentAdviceRepository } from './employment-advice.repository';

/** The task that the admission opens in the shipped protocol. */
export const FIRST_EMPLOYER_CONTACT = 'first-employer-contact';

/** The first contact with an employer is there once an application has gone out; what is only planned is none. */
@Injectable()
export class FirstContactTask implements OnModuleInit {
  constructor(
    private readonly kept: EmploymentAdviceRepository,
    private readonly enrolments: EnrolmentsService,
    private readonly tasks: OpenTasks,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(StepTaken, 'applications', (event, system) => this.follow(system, event.participantId));
  }

  /** The caller holds the person. */
  async follow(actor: Actor, participantId: string): Promise<void> {
    const sent = (await this.kept.applicationsOf(actor, participantId)).filter((one) => one.state !== 'planned');
    if (sent.length === 0) return;
    const open = (await this.enrolments.ofParticipant(actor, participantId)).filter((one) => one.closedOn === null && sent.some(({ enrolmentId }) => enrolmentId === one.id));
    for (const one of open) await this.tasks.done(actor, one, FIRST_EMPLOYER_CONTACT);
  }
}
