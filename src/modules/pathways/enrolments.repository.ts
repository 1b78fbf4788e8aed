import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { Enrolment, Participation, Referral, StepRow } from './entities';
import { visible } from './pathways.access';
import type { Pathway } from './protocol';

@Injectable()
export class EnrolmentsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** A person, by whoever reads about them in order to write: nothing else is written about them until the unit ends. */
  holdPerson(participantId: string): void {
    this.database.hold([participantId]);
  }

  /** @throws Error where somebody goes on about people whom nobody holds */
  mustHold(participantIds: readonly string[]): void {
    this.database.mustHold(participantIds);
  }

  async insert(enrolment: Partial<Enrolment>, referral: Referral): Promise<void> {
    await this.database.of(Enrolment).insert(enrolment);
    await this.database.of(Referral).insert(referral);
  }

  /** Of people who are new. */
  addMany(opened: readonly { enrolment: Partial<Enrolment>; referral: Referral }[]): void {
    this.database.addMany(Enrolment, opened.map(({ enrolment }) => enrolment));
    this.database.addMany(Referral, opened.map(({ referral }) => referral));
  }

  async get(actor: Actor, id: string): Promise<Enrolment> {
    const { sql, params } = visible(this.visibility, actor, 'e');
    const found = await this.database.of(Enrolment).createQueryBuilder('e').where('e.id = :id', { id }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** The same, held until the unit ends, after its person: nothing else is written about them meanwhile, steps and facts alike. */
  async hold(actor: Actor, id: string): Promise<Enrolment> {
    this.database.hold([(await this.get(actor, id)).participantId]);
    const { sql, params } = visible(this.visibility, actor, 'e');
    const found = await this.database.of(Enrolment).createQueryBuilder('e').setLock('pessimistic_write').where('e.id = :id', { id }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  async update(at: { id: string; version: number }, patch: Partial<Enrolment>): Promise<void> {
    await this.database.updateOne(Enrolment, at, patch);
  }

  async ofParticipants(actor: Actor, participantIds: readonly string[]): Promise<Enrolment[]> {
    const { sql, params } = visible(this.visibility, actor, 'e');
    return this.database.of(Enrolment).createQueryBuilder('e').where('e.participant_id = any(:ids)', { ids: participantIds }).andWhere(sql, params)
      .orderBy('e.closed_on', 'ASC', 'NULLS FIRST').addOrderBy('e.id', 'DESC').getMany();
  }

  /** All of the actor's service, or of one person, in three statements: for what is computed again from the facts. */
  async everything(actor: Actor, participantId: string | null): Promise<{ enrolments: Enrolment[]; referrals: Map<string, Referral>; steps: Map<string, StepRow[]> }> {
    const of = (alias: string): [string, Record<string, unknown>] => {
      const { sql, params } = visible(this.visibility, actor, alias);
      return [`${sql} and (cast(:person as uuid) is null or ${alias}.participant_id = :person)`, { ...params, person: participantId }];
    };
    const enrolments = await this.database.of(Enrolment).createQueryBuilder('e').where(...of('e')).orderBy('e.id').getMany();
    const referrals = await this.database.of(Referral).createQueryBuilder('r').where(...of('r')).getMany();
    const steps = new Map<string, StepRow[]>();
    for (const step of await this.database.of(StepRow).createQueryBuilder('s').where(...of('s')).orderBy('s.enrolment_id').addOrderBy('s.seq').getMany()) {
      steps.set(step.enrolmentId, [...(steps.get(step.enrolmentId) ?? []), step]);
    }
    return { enrolments, referrals: new Map(referrals.map((one) => [one.enrolmentId, one])), steps };
  }

  /** How many stand where, among the open ones that the actor may see. */
  async countByStage(actor: Actor): Promise<{ protocol_version_id: string; stage: string; pathway: Pathway; count: number }[]> {
    const { sql, params } = visible(this.visibility, actor, 'e');
    return this.database.sql(
      `select e.protocol_version_id, e.stage, e.pathway, count(*)::int as count from enrolment e where e.closed_on is null and ${sql} group by 1, 2, 3 order by 3, 1, 2`, params,
    );
  }

  async referralOf(actor: Actor, enrolmentId: string): Promise<Referral> {
    const { sql, params } = visible(this.visibility, actor, 'r');
    const found = await this.database.of(Referral).createQueryBuilder('r').where('r.enrolment_id = :enrolmentId', { enrolmentId }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** What led to each of a person's enrolments. */
  async referralsOf(actor: Actor, participantId: string): Promise<Referral[]> {
    const { sql, params } = visible(this.visibility, actor, 'r');
    return this.database.of(Referral).createQueryBuilder('r').where('r.participant_id = :participantId', { participantId }).andWhere(sql, params).getMany();
  }

  async updateReferral(at: { id: string; version: number }, patch: Partial<Referral>): Promise<void> {
    await this.database.updateOne(Referral, at, patch);
  }

  async insertStep(step: Omit<StepRow, 'pausedDays'>): Promise<void> {
    this.database.mustHold([step.participantId]);
    await this.database.of(StepRow).insert(step);
  }

  async stepsOf(actor: Actor, enrolmentId: string): Promise<StepRow[]> {
    const { sql, params } = visible(this.visibility, actor, 's');
    return this.database.of(StepRow).createQueryBuilder('s').where('s.enrolment_id = :enrolmentId', { enrolmentId }).andWhere(sql, params).orderBy('s.seq').getMany();
  }

  async stepsOfParticipant(actor: Actor, participantId: string): Promise<StepRow[]> {
    const { sql, params } = visible(this.visibility, actor, 's');
    return this.database.of(StepRow).createQueryBuilder('s').where('s.participant_id = :participantId', { participantId }).andWhere(sql, params)
      .orderBy('s.effective_on', 'DESC').addOrderBy('s.id', 'DESC').getMany();
  }

  async openParticipation(actor: Actor, participantId: string, operationId: string): Promise<Participation | null> {
    const { sql, params } = visible(this.visibility, actor, 'p');
    return this.database.of(Participation).createQueryBuilder('p')
      .where('p.participant_id = :participantId and p.operation_id = :operationId', { participantId, operationId }).andWhere(sql, params).getOne();
  }

  async insertParticipation(participation: Participation): Promise<void> {
    await this.database.of(Participation).insert(participation);
  }

  async updateParticipation(at: { id: string; version: number }, patch: Partial<Participation>): Promise<void> {
    await this.database.updateOne(Participation, at, patch);
  }

  /** The database writes the version and the line of the history. */
  async moveVersion(enrolmentId: string, versionId: string, reason: string, at: Date): Promise<void> {
    await this.database.sql('select app.move_enrolment($1, $2, $3, $4, $5)', [newId(), enrolmentId, versionId, reason, at]);
  }

  /** First and last day of a person's enrolments in one operation, for the participation. */
  async spanOf(actor: Actor, participantId: string, operationId: string): Promise<{ entered: Day | null; left: Day | null; open: boolean }> {
    const { sql, params } = visible(this.visibility, actor, 'e');
    const [row] = await this.database.sql<{ entered: Day | null; left_on: Day | null; open: boolean }>(
      `select min(e.admitted_on) as entered, max(e.closed_on) as left_on, coalesce(bool_or(e.closed_on is null), false) as open from enrolment e
        where e.participant_id = :participantId and e.operation_id = :operationId and e.admitted_on is not null and ${sql}`,
      { ...params, participantId, operationId },
    );
    return { entered: row?.entered ?? null, left: row?.left_on ?? null, open: row?.open ?? false };
  }
}
