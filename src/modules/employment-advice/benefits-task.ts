import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays } from '../../platform/days';
import { Events } from '../../platform/events';
import { EnrolmentsService, OpenTasks, StepTaken } from '../pathways';
import { EmploymentAdviceRepository } from './employment-advice.repository';

/** The task that the hire opens in the shipped protocol. */
const TASK = 'benefits-advice';
/** Days before the step during which the advice was about this job already. */
const BEFORE = 60;

/** Benefits advice closes the task that the hire opens; whoever was told shortly before is not asked again. */
@Injectable()
export class BenefitsTask implements OnModuleInit {
  constructor(
    private readonly kept: EmploymentAdviceRepository,
    private readonly enrolments: EnrolmentsService,
    private readonly tasks: OpenTasks,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(StepTaken, 'benefits advice', (event, system) => this.follow(system, event.participantId));
  }

  /** The caller holds the person. */
  async follow(actor: Actor, participantId: string): Promise<void> {
    const [latest] = await this.kept.adviceOf(actor, participantId);
    if (!latest) return;
    const open = (await this.enrolments.ofParticipant(actor, participantId)).filter((one) => one.closedOn === null && latest.givenOn >= addDays(one.stageSince, -BEFORE));
    for (const one of open) await this.tasks.done(actor, one, TASK);
  }
}
