import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { visibleActivities } from './activities.access';
import { Activity, ActivityParticipant, CONTACTS } from './activity.entity';

/** Of a person's activities, a fact looks at so many: the first. */
export const MOST_ACTIVITIES = 1000;

/** One thing that was done for a person. */
export interface Done {
  id: string;
  happened_on: Day;
  minutes: number;
  mode: string;
}
/** The place of an activity in the list latest first. */
export interface After {
  happenedOn: Day;
  id: string;
}

@Injectable()
export class ActivitiesRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  insert(activity: Activity, participantIds: readonly string[]): void {
    this.database.add(Activity, activity);
    this.database.add(ActivityParticipant, ...participantIds.map((participantId) => ({ activityId: activity.id, serviceId: activity.serviceId, participantId, happenedOn: activity.happenedOn })));
  }

  async change(at: { id: string; version: number }, patch: Partial<Activity>): Promise<void> {
    await this.database.updateOne(Activity, at, patch);
  }

  /** @throws Problem 404 when there is none, or when it served nobody whom this actor may see */
  async get(actor: Actor, id: string): Promise<Activity> {
    const { sql, params } = visibleActivities(this.visibility, actor);
    const found = await this.database.of(Activity).createQueryBuilder('a').where('a.id = :id', { id })
      .andWhere(`exists (select from activity_participant served where served.activity_id = a.id and ${sql})`, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** The people whom the actor may see among those served. */
  async servedBy(actor: Actor, activityIds: readonly string[]): Promise<Map<string, string[]>> {
    if (activityIds.length === 0) return new Map();
    const { sql, params } = visibleActivities(this.visibility, actor);
    const found = await this.database.of(ActivityParticipant).createQueryBuilder('served')
      .where('served.activityId = any(:activityIds)', { activityIds }).andWhere(sql, params).orderBy('served.participantId').getMany();
    const served = new Map<string, string[]>();
    for (const one of found) served.set(one.activityId, [...(served.get(one.activityId) ?? []), one.participantId]);
    return served;
  }

  /** A person's activities, latest first. */
  async ofParticipant(actor: Actor, participantId: string, limit: number, after: After | null): Promise<Activity[]> {
    const { sql, params } = visibleActivities(this.visibility, actor);
    const query = this.database.of(Activity).createQueryBuilder('a').innerJoin(ActivityParticipant, 'served', 'served.activityId = a.id')
      .where('served.participantId = :participantId', { participantId }).andWhere(sql, params);
    if (after) query.andWhere('(served.happenedOn, a.id) < (:day, :last)', { day: after.happenedOn, last: after.id });
    return query.orderBy('served.happenedOn', 'DESC').addOrderBy('a.id', 'DESC').limit(limit).getMany();
  }

  /** The day on which each of these people was last met or reached; of everybody whom the actor may see when none are named. */
  async lastContacts(actor: Actor, participantIds: readonly string[] | null): Promise<Map<string, Day>> {
    const { sql, params } = visibleActivities(this.visibility, actor);
    const rows = await this.database.sql<{ participant_id: string; day: Day }>(
      `select served.participant_id, max(served.happened_on) as day from activity_participant served join activity a on a.id = served.activity_id
        where (:participantIds::uuid[] is null or served.participant_id = any (:participantIds)) and a.outcome = 'done' and a.kind = any (:contacts) and a.withdrawn_at is null and ${sql} group by served.participant_id`,
      { ...params, participantIds, contacts: [...CONTACTS] },
    );
    return new Map(rows.map((row) => [row.participant_id, row.day]));
  }

  /** What was done for a person, or only attempted, of these kinds, from a day to a day, both counted. */
  async doneFor(actor: Actor, participantId: string, kinds: readonly string[], since: Day | null, until: Day, attempts = false): Promise<Done[]> {
    const { sql, params } = visibleActivities(this.visibility, actor);
    return this.database.sql(
      `select a.id, a.happened_on, a.minutes, a.mode from activity_participant served join activity a on a.id = served.activity_id
        where served.participant_id = :participantId and a.kind = any (:kinds) and (:attempts or a.outcome = 'done') and a.withdrawn_at is null
          and (:since::date is null or served.happened_on >= :since) and served.happened_on <= :until and ${sql}
        order by served.happened_on, a.id limit ${MOST_ACTIVITIES}`,
      { ...params, participantId, kinds: [...kinds], since, until, attempts },
    );
  }
}
