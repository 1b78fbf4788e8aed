import { Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { WriteSection, type VocationalProfileView } from './assessments.dto';
import { AssessmentsService } from './assessments.service';

@ApiTags('plans')
@Controller('api/v1/participants/:id/vocational-profile')
export class AssessmentsApi {
  constructor(private readonly assessments: AssessmentsService) {}

  /** Reads the vocational profile of a person: every section, written or not. */
  @Get()
  @Can('plan.read')
  profile(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<VocationalProfileView> {
    return this.assessments.read(actor, id);
  }

  /** Writes one section of the vocational profile, or writes it anew. */
  @Put()
  @Can('profile.write')
  async write(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(WriteSection) command: WriteSection): Promise<VocationalProfileView> {
    await this.assessments.write(actor, id, command);
    return this.assessments.profile(actor, id);
  }
}
