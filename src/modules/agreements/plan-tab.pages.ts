import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { PathId } from '../../platform/web/input';
import { Page } from '../../platform/web/page';
import { AssessmentsService } from '../assessments';
import { allows } from '../identity';
import { ParticipantsService } from '../participants';
import { PlansService, SupportsService } from '../plans';
import { AgreementsService } from './agreements.service';

/** The tab of what a person and the service have set out to do: profile, plans, natural supports, agreements. */
@ApiExcludeController()
@Controller('participants/:id/plan')
export class PlanTabPages {
  constructor(
    private readonly assessments: AssessmentsService,
    private readonly plans: PlansService,
    private readonly supports: SupportsService,
    private readonly agreements: AgreementsService,
    private readonly participants: ParticipantsService,
  ) {}

  @Get()
  @Can('plan.read')
  @Page('agreements/tab')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    await this.participants.open(actor, id);
    const plans = await this.plans.ofParticipant(actor, id);
    return {
      header: await this.participants.header(actor, id, 'plan'), profile: await this.assessments.profile(actor, id),
      plans: plans.filter((one) => !one.closedOn), closed: plans.filter((one) => one.closedOn), supports: await this.supports.ofParticipant(actor, id),
      agreements: await this.agreements.of(actor, id),
      may: { profile: allows(actor.role, 'profile.write'), plan: allows(actor.role, 'plan.write'), agreement: allows(actor.role, 'agreement.write') },
    };
  }
}
