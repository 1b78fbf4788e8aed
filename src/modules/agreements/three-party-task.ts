import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Events } from '../../platform/events';
import { DisclosureDecided, DisclosureService, SPEAKS_FOR_EMPLOYER } from '../disclosure';
import { EnrolmentsService, OpenTasks, StepTaken } from '../pathways';
import { AgreementsRepository } from './agreements.repository';

/** The task by which a protocol asks for an agreement with the employer. */
const TASK = 'three-party-agreement';

/** An agreement of three is asked for only while the person lets somebody at work know of the support: a no takes the task away, a yes brings it back. */
@Injectable()
export class ThreePartyTask implements OnModuleInit {
  constructor(
    private readonly agreements: AgreementsRepository,
    private readonly disclosure: DisclosureService,
    private readonly enrolments: EnrolmentsService,
    private readonly tasks: OpenTasks,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(DisclosureDecided, 'agreements', (event, system) => this.follow(system, event.participantId, true));
    this.events.subscribe(StepTaken, 'agreements', (event, system) => this.follow(system, event.participantId, false));
  }

  /** @param isNews true where the person has just decided: a task that a hand ticked off is not opened again by a step */
  private async follow(system: Actor, participantId: string, isNews: boolean): Promise<void> {
    const standing = (await this.disclosure.of(system, participantId)).filter((one) => one.endedOn === null);
    const isPermitted = standing.some((one) => one.items.some(({ fact, audience, revokedOn }) => fact === 'support' && SPEAKS_FOR_EMPLOYER.includes(audience) && revokedOn === null));
    // Where nobody has decided yet the task stands: it is what asks.
    if (standing.length === 0 || (isPermitted && !isNews)) return;
    if (isPermitted && (await this.agreements.ofParticipant(system, participantId)).some((one) => one.kind === 'three-party' && one.endedOn === null)) return;
    for (const one of (await this.enrolments.ofParticipant(system, participantId)).filter(({ closedOn }) => closedOn === null)) {
      if (isPermitted) await this.tasks.again(system, one.id, TASK);
      else await this.tasks.notAsked(system, one, TASK);
    }
  }
}
