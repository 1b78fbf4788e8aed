import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Input, PathId } from '../../../platform/web/input';
import { created, type Created } from '../../../platform/web/page';
import { EnrolmentsService, OpenEnrolment, type EnrolmentView, type HistoryView } from '../../pathways';
import { ParticipantsService } from '../register/participants.service';
import { ReferralsService } from './referrals.service';

/** A person's enrolments; each of them is then the pathways' own. */
@ApiTags('enrolments')
@Controller('api/v1/participants/:id')
export class ParticipantEnrolmentsApi {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly referrals: ReferralsService,
  ) {}

  /** Lists the enrolments of a person. */
  @Get('enrolments')
  @Can('enrolment.read')
  async list(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: EnrolmentView[] }> {
    await this.participants.open(actor, id);
    return { items: await this.enrolments.ofParticipant(actor, id) };
  }

  /** Opens an enrolment of a person: a pathway, an operation, and the referral it begins with. */
  @Post('enrolments')
  @Can('enrolment.open')
  async open(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(OpenEnrolment) command: OpenEnrolment): Promise<Created<EnrolmentView>> {
    const enrolment = await this.referrals.open(actor, id, command);
    return created(`/api/v1/enrolments/${enrolment}`, await this.enrolments.get(actor, enrolment));
  }

  /** Lists every step of a person's enrolments, the annulled ones included. */
  @Get('history')
  @Can('enrolment.read')
  async history(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: HistoryView[] }> {
    await this.participants.open(actor, id);
    return { items: await this.enrolments.historyOf(actor, id) };
  }
}
