import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Input } from '../../../platform/web/input';
import { Form, Page } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { FindPeople, ParticipantsService } from '../../participants';
import { EnrolmentsService } from '../../pathways';

/** Names are looked for by POST: they stay out of addresses, histories and logs. */
@ApiExcludeController()
@Controller('search')
export class SearchPages {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
  ) {}

  @Get()
  @Can('participant.search')
  @Page('desk/search')
  blank(): object {
    return { form: blankForm(), found: [], asked: false };
  }

  @Post()
  @HttpCode(200)
  @Can('participant.search')
  @Page('desk/search')
  @Form('desk/search', 'blank')
  async search(@CurrentActor() actor: Actor, @Input(FindPeople) { q }: FindPeople): Promise<object> {
    const found = await this.participants.find(actor, q);
    const summaries = await this.enrolments.summaries(actor, found.map((one) => one.id));
    return {
      form: blankForm({ q }), asked: true,
      found: found.map((one) => ({ ...one, bornYear: one.bornOn?.slice(0, 4) ?? null, enrolment: summaries.get(one.id)?.[0] ?? null })),
    };
  }
}
