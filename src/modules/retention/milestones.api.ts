import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter, Input, PathId } from '../../platform/web/input';
import type { Download } from '../../platform/web/page';
import { Upload, Uploaded, type UploadedFile } from '../../platform/web/uploads';
import { MilestonesService } from './milestones.service';
import { LARGEST_PAPER } from './retention.lists';
import { AnswerMilestone, GapFilter, TryMilestone, type MilestoneFile, type MilestonesView } from './retention.dto';

@ApiTags('retention')
@Controller('api/v1/participants/:id/milestones')
export class MilestonesApi {
  constructor(private readonly milestones: MilestonesService) {}

  /** Lists a person's milestones with the answers that count, and their periods in employment. */
  @Get()
  @Can('milestone.read')
  list(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(GapFilter) { gap }: GapFilter): Promise<MilestonesView> {
    return this.milestones.read(actor, id, gap);
  }

  /** Reads one milestone with every answer and every attempt. */
  @Get(':milestone')
  @Can('milestone.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string): Promise<MilestoneFile> {
    return this.milestones.open(actor, id, milestone);
  }

  /** Downloads the paper that came with an answer, as the file it is. */
  @Get(':milestone/papers/:proof')
  @Can('milestone.read')
  paper(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string, @PathId('proof') proof: string): Promise<Download> {
    return this.milestones.paper(actor, id, milestone, proof);
  }

  /** Notes what one side says of the situation on the day of the milestone. Earlier answers stay beside it. */
  @Post(':milestone/answers')
  @HttpCode(200)
  @Can('milestone.answer')
  @Upload('file', { max: LARGEST_PAPER, command: AnswerMilestone })
  async answer(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string, @Input(AnswerMilestone) command: AnswerMilestone, @Uploaded() file: UploadedFile | null): Promise<MilestoneFile> {
    await this.milestones.answer(actor, id, milestone, command, file);
    return this.milestones.open(actor, id, milestone);
  }

  /** Notes that somebody was tried and not reached. */
  @Post(':milestone/attempts')
  @HttpCode(200)
  @Can('milestone.answer')
  async attempt(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string, @Input(TryMilestone) command: TryMilestone): Promise<MilestoneFile> {
    await this.milestones.attempt(actor, id, milestone, command);
    return this.milestones.open(actor, id, milestone);
  }
}
