import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { EnrolmentsService, type OpenEnrolment } from '../../pathways';
import { ParticipantsRepository } from '../register/participants.repository';
import { notTooEarly } from '../register/past-days';

/** A person is referred, or comes: what pathways, which know people by id, cannot judge themselves. */
@Injectable()
export class ReferralsService {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly enrolments: EnrolmentsService,
  ) {}

  async open(actor: Actor, participantId: string, command: OpenEnrolment): Promise<string> {
    const person = await this.participants.hold(actor, participantId);
    notTooEarly('receivedOn', command.receivedOn, person);
    return this.enrolments.open(actor, participantId, command);
  }
}
