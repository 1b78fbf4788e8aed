import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Events } from '../../platform/events';
import { FIRST_EMPLOYER_CONTACT } from '../employment-advice';
import { EnrolmentsService, OpenTasks, StepTaken } from '../pathways';
import { PlacementStarted } from './placements.events';
import { PlacementsRepository } from './placements.repository';

/** Who works has an employer: nobody is asked any more for a first contact with one. */
@Injectable()
export class FirstContactByJob implements OnModuleInit {
  constructor(
    private readonly placements: PlacementsRepository,
    private readonly enrolments: EnrolmentsService,
    private readonly tasks: OpenTasks,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(PlacementStarted, 'first contact by a job', (event, system) => this.follow(system, event.participantId));
    this.events.subscribe(StepTaken, 'first contact by a job', (event, system) => this.follow(system, event.participantId));
  }

  private async follow(system: Actor, participantId: string): Promise<void> {
    if (!(await this.placements.ofPeople(system, [participantId])).some(({ state }) => state === 'running')) return;
    for (const one of await this.enrolments.ofParticipant(system, participantId)) if (one.closedOn === null) await this.tasks.done(system, one, FIRST_EMPLOYER_CONTACT);
  }
}
