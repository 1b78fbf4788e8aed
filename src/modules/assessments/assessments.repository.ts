import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { Visibility } from '../caseloads';
import { visibleSections } from './assessments.access';
import { ProfileSection } from './profile-section.entity';

@Injectable()
export class AssessmentsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** Those that are written. */
  ofParticipant(actor: Actor, participantId: string): Promise<ProfileSection[]> {
    const { sql, params } = visibleSections(this.visibility, actor);
    return this.database.of(ProfileSection).createQueryBuilder('s').where('s.participantId = :participantId', { participantId }).andWhere(sql, params).getMany();
  }

  async insert(section: ProfileSection): Promise<void> {
    await this.database.of(ProfileSection).insert(section);
  }

  async change(at: { id: string; version: number }, patch: Partial<ProfileSection>): Promise<void> {
    await this.database.updateOne(ProfileSection, at, patch);
  }
}
