import { Injectable } from '@nestjs/common';
import { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { dayOf, type Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { forbidden } from '../../platform/problem';
import { AuditService } from '../audit';
import { UsersService } from '../identity';
import { ParticipantsService } from '../participants';
import { StepsService } from '../pathways';
import { activityView, type ActivityView, type CorrectContact, type LogContact, type WithdrawContact } from './activities.dto';
import { ContactLogged } from './activities.events';
import { unknownPerson } from './activities.problems';
import { ActivitiesRepository, type After } from './activities.repository';
import { Activity } from './activity.entity';
import { Silence } from './silence';

/** What was done for people: written down on one screen, corrected within a week, withdrawn with a reason, never deleted. */
@Injectable()
export class ActivitiesService {
  constructor(
    private readonly activities: ActivitiesRepository,
    private readonly users: UsersService,
    private readonly participants: ParticipantsService,
    private readonly steps: StepsService,
    private readonly silence: Silence,
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** A fact may always be recorded: dated back, for several people, whatever their stage. */
  async log(actor: Actor, told: LogContact): Promise<string> {
    if (!actor.service || !actor.id) throw forbidden('activity.log');
    const today = this.clock.today(actor.timeZone);
    const activity = Activity.log(told, { service: actor.service, by: actor.id, at: this.clock.now(), today });
    const people = [...told.participantIds].sort();
    this.database.hold(people);
    const seen = await this.participants.names(actor, people);
    if (people.some((id) => !seen.has(id))) throw unknownPerson();
    if (activity.happenedOn < today) await this.participants.checkDay(actor, people, 'happenedOn', activity.happenedOn);
    this.activities.insert(activity, people);
    await this.record(actor, 'activity.logged', activity.id, people, { kind: activity.kind, outcome: activity.outcome, happenedOn: activity.happenedOn });
    const open = await this.follow(actor, people, false, activity.isContact && activity.happenedOn === today ? today : null);
    await this.events.publish(new ContactLogged(activity.id, people, false, open));
    return activity.id;
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async correct(actor: Actor, id: string, told: CorrectContact): Promise<boolean> {
    const people = await this.holdEverybody(actor, id);
    const activity = await this.activities.get(actor, id);
    const patch = activity.correct(actor, told, this.clock.today(actor.timeZone), this.recordedOn(actor, activity));
    const fields = Object.keys(patch).filter((name) => patch[name as keyof typeof patch] !== activity[name as keyof typeof patch]);
    if (fields.length === 0) return false;
    await this.participants.checkDay(actor, await this.peopleOf(actor, id), 'happenedOn', patch.happenedOn);
    await this.activities.change({ id, version: told.version }, patch);
    await this.record(actor, 'activity.corrected', id, people, { fields });
    await this.changed(actor, id, people);
    return true;
  }

  async withdraw(actor: Actor, id: string, given: WithdrawContact): Promise<void> {
    const people = await this.holdEverybody(actor, id);
    const activity = await this.activities.get(actor, id);
    await this.activities.change({ id, version: given.version }, activity.withdraw(actor, given.reason, this.clock.now()));
    await this.record(actor, 'activity.withdrawn', id, people, null, given.reason);
    await this.changed(actor, id, people);
  }

  /** One activity, with what this actor may do with it; the reading is recorded. */
  async open(actor: Actor, id: string): Promise<{ activity: ActivityView; may: { correct: boolean; withdraw: boolean } }> {
    const activity = await this.activities.get(actor, id);
    const people = await this.peopleOf(actor, id);
    const names = await this.users.names(actor, [activity.recordedBy]);
    for (const participantId of people) this.audit.opened(actor, 'activity.opened', { kind: 'activity', id, participantId });
    return {
      activity: activityView(activity, people, names.get(activity.recordedBy) ?? null),
      may: {
        correct: activity.mayBeCorrectedBy(actor, this.clock.today(actor.timeZone), this.recordedOn(actor, activity)),
        withdraw: activity.mayBeWithdrawnBy(actor),
      },
    };
  }

  /** The same for whoever reads them by themselves: the reading of the person's file is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string, after: After | null): Promise<ActivityView[]> {
    await this.participants.open(actor, participantId);
    return this.ofParticipant(actor, participantId, 50, after);
  }

  /** A person's activities, latest first; those withdrawn too, marked. */
  async ofParticipant(actor: Actor, participantId: string, limit = 50, after: After | null = null): Promise<ActivityView[]> {
    const found = await this.activities.ofParticipant(actor, participantId, limit, after);
    const names = await this.users.names(actor, [...new Set(found.map((one) => one.recordedBy))]);
    const served = await this.activities.servedBy(actor, found.map((one) => one.id));
    return found.map((one) => activityView(one, served.get(one.id) ?? [], names.get(one.recordedBy) ?? null));
  }

  /** The day of the last contact, person by person; nobody's who was never reached. */
  async last(actor: Actor, participantIds: readonly string[]): Promise<Map<string, Day>> {
    return participantIds.length ? this.activities.lastContacts(actor, participantIds) : new Map<string, Day>();
  }

  private recordedOn(actor: Actor, activity: Activity): Day {
    return dayOf(activity.recordedAt, actor.timeZone);
  }

  private async peopleOf(actor: Actor, id: string): Promise<string[]> {
    return (await this.activities.servedBy(actor, [id])).get(id) ?? [];
  }

  private async record(actor: Actor, action: string, id: string, people: readonly string[], changes: Record<string, unknown> | null, reason: string | null = null): Promise<void> {
    for (const participantId of people) await this.audit.record(actor, action, { kind: 'activity', id, participantId }, changes, reason);
  }

  /** Everybody whom it served, held: some may have another coach by now, and it stands in their files all the same. */
  private async holdEverybody(actor: Actor, id: string): Promise<string[]> {
    const system = systemFor(actor);
    const people = await this.database.as(system, () => this.peopleOf(system, id));
    this.database.hold(people);
    return people;
  }

  /** What follows from a correction follows for all of them, so it needs the rights of nobody. */
  private async changed(actor: Actor, id: string, people: readonly string[]): Promise<void> {
    const system = systemFor(actor);
    const open = await this.database.as(system, () => this.follow(system, people, true, null));
    await this.events.publish(new ContactLogged(id, people, true, open));
  }

  /**
   * What follows from a contact: the protocol's tasks that it meets, and the day on which silence would be told.
   * @param lastOn the day of the last contact where it is known
   * @returns the keys of what stood open before
   */
  private async follow(actor: Actor, people: readonly string[], mayBeGone: boolean, lastOn: Day | null): Promise<ReadonlySet<string>> {
    const { summaries, open } = await this.steps.factsChanged(actor, 'activities', people, mayBeGone);
    const last = lastOn ? new Map(people.map((id) => [id, lastOn])) : await this.activities.lastContacts(actor, people);
    await this.silence.write(actor, people, last, summaries);
    return open;
  }
}

const systemFor = (actor: Actor): Actor => Actor.system('activities', actor.service, { onBehalfOf: actor.id, zone: actor.timeZone });
