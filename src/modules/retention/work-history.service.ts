import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { UsersService } from '../identity';
import { PlacementsService } from '../placements';
import { GAP_DAYS, joinedOf } from './chains';
import type { WorkFact } from './retention.dto';
import { RetentionRepository } from './retention.repository';
import { counted } from './standing.reader';

/** A person's history at work: jobs begun, changed and ended, which of them continue a period in employment, and what was answered on the milestones. */
@Injectable()
export class WorkHistoryService {
  constructor(
    private readonly kept: RetentionRepository,
    private readonly placements: PlacementsService,
    private readonly users: UsersService,
  ) {}

  /** @param gapDays without a job that a period bridges */
  async of(actor: Actor, participantId: string, gapDays = GAP_DAYS): Promise<WorkFact[]> {
    const jobs = await this.placements.happened(actor, participantId);
    const ends = new Map(jobs.filter((one) => one.what === 'ended').map((one) => [one.placementId, one.on]));
    const joined = joinedOf(jobs.filter((one) => one.what === 'began').map(({ placementId: id, on }) => ({ id, from: on, to: ends.get(id) ?? null })), gapDays);
    const told = jobs.map((job): WorkFact => ({ job: { ...job, joined: job.what === 'began' ? joined.get(job.placementId) ?? null : null }, milestone: null }));
    return [...told, ...await this.answers(actor, participantId)];
  }

  private async answers(actor: Actor, participantId: string): Promise<WorkFact[]> {
    const answers = await this.kept.answers(actor, participantId);
    if (answers.length === 0) return [];
    const milestones = new Map((await this.kept.milestones(actor, participantId)).map((one) => [one.id, one]));
    const names = await this.users.names(actor, [...new Set(answers.flatMap((one) => one.recordedBy ?? []))]);
    return answers.map(({ id, milestoneId, side, status, level, answeredOn, note, recordedAt, recordedBy }): WorkFact => {
      const milestone = milestones.get(milestoneId)!;
      return {
        job: null,
        milestone: {
          milestoneId, anchor: milestone.anchor, month: milestone.month, side, status, level, answeredOn, counts: counted(answers, milestone, side)?.id === id, note, recordedAt: recordedAt.toISOString(),
          recordedByName: recordedBy ? names.get(recordedBy) ?? null : null,
        },
      };
    });
  }
}
