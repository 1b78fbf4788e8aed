import type { INestApplicationContext } from '@nestjs/common';
import { ActivitiesService } from '../../modules/activities';
import { AgendaService } from '../../modules/agenda';
import { ParticipantsService } from '../../modules/participants';
import { EnrolmentsService } from '../../modules/pathways';
import { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { addDays } from '../../platform/days';
import { Entry } from './entry';
import { Field } from './field';
import { GroundBuilder, type Ground, type Team } from './ground';
import { inventPeople, type InventedPerson } from './people';
import { SITE_NAMES, type Site } from './places';
import { Search } from './search';
import { atTheDoor, isToldMore, shownPeople } from './shown';
import { Work } from './work';

/** Of each site, written beside each other: a connection waits for its answers most of the time. */
const PARTS = 2;
/** The step by which a stage that lasts is looked at with the person. */
const REVIEWS: ReadonlyMap<string, string> = new Map([['searching', 'review-search'], ['sustaining', 'review-support'], ['standby', 'keep-in-touch']]);
/** How much of the world is built: all of it, or what the demonstration shows. */
export type Extent = 'whole' | 'demonstration';

/** Builds the world through the services, as its own people would have: what is there already stays as it is. */
export class CjeiWorld {
  private readonly field: Field;
  private readonly entry: Entry;
  private readonly search: Search;
  private readonly work: Work;
  private readonly everybody = inventPeople();
  /** Those whom the demonstration shows: more is told about them, also in the whole world. */
  private readonly shown: ReadonlySet<number>;

  constructor(application: INestApplicationContext) {
    this.field = new Field(application);
    this.entry = new Entry(this.field);
    this.search = new Search(this.field, this.entry);
    this.work = new Work(this.field, this.entry);
    this.shown = new Set(shownPeople(this.everybody).map((one) => one.number));
  }

  /**
   * The demonstration is there whole or not at all. The whole world is built in parts beside each other, each of them whole or not at all; begun again, it adds who is missing.
   * @returns how many people were added
   */
  async fill(extent: Extent): Promise<number> {
    const database = this.field.the(Database);
    const world = Actor.system('world');
    const builder = new GroundBuilder(this.field);
    if (extent === 'demonstration') {
      return database.write(world, async () => {
        const ground = await builder.lay();
        for (const person of this.everybody.filter((one) => this.shown.has(one.number))) await this.person(ground, person);
        await this.door(ground);
        return this.shown.size;
      });
    }
    const ground = await database.write(world, () => builder.lay());
    const parts = SITE_NAMES.flatMap((site) => Array.from({ length: PARTS }, (_, part) => ({ site, people: this.everybody.filter((one) => one.site === site && one.number % PARTS === part) })));
    const added = await Promise.all(parts.map(({ site, people }) => database.write(world, () => this.part(ground, site, people))));
    return added.reduce((sum, one) => sum + one, 0);
  }

  private async part(ground: Ground, site: Site, people: readonly InventedPerson[]): Promise<number> {
    const { manager } = ground.teams[site];
    const known = await this.field.as(manager, async () => {
      const listed = await this.field.the(ParticipantsService).people(manager, 2 * this.everybody.length);
      return new Set((await this.field.the(ParticipantsService).names(manager, listed.map(({ id }) => id))).values());
    });
    const missing = people.filter((one) => !known.has(`${one.given} ${one.family}`));
    for (const person of missing) await this.person(ground, person);
    return missing.length;
  }

  /** One person as far as their way went. */
  private async person(ground: Ground, one: InventedPerson): Promise<void> {
    const { field } = this;
    const team = ground.teams[one.site];
    const coach = team.coaches[one.number % 5 === 4 ? 1 : 0]!;
    const admitted = field.ago(one.admitted);
    const { id, enrolment } = await field.as(coach, async () => {
      const referred = await this.entry.refer(ground.operation, coach, one);
      await this.entry.admissible(coach, referred.id, one, admitted);
      return referred;
    });
    await field.step(team, coach, enrolment, { step: one.pathway === 'entrepreneurship' ? 'accept-advice' : 'admit', effectiveOn: admitted });
    await field.as(coach, async () => {
      for (const [index, after] of one.contacts.entries()) {
        await field.the(ActivitiesService).log(coach, { participantIds: [id], kind: index === 0 ? 'interview' : 'phone', happenedOn: addDays(admitted, after), minutes: index === 0 ? 50 : 15, outcome: 'done' });
      }
      await this.tickOff(coach, id);
    });
    const met = one.contacts[0];
    if (one.profiled && met !== undefined) await field.step(team, coach, enrolment, { step: 'start-profiling', effectiveOn: addDays(admitted, met) });
    if (this.shown.has(one.number) && isToldMore(one)) {
      const on = await this.search.tell(coach, id, enrolment, one);
      await field.step(team, coach, enrolment, { step: 'start-search', effectiveOn: on });
    }
    if (one.work) await this.work.tell({ id, enrolment, one, admitted, team, coach });
    if (this.shown.has(one.number)) await this.lately(team, coach, id, enrolment, one);
    if (one.leaves) await field.step(team, coach, enrolment, { step: 'leave', effectiveOn: addDays(admitted, one.leaves.after), reason: one.leaves.reason });
  }

  /** The last time that somebody was in touch: then it was looked at where the person stands, and what was to be done by then is done. */
  private async lately(team: Team, coach: Actor, id: string, enrolment: string, { lately }: InventedPerson): Promise<void> {
    const { field } = this;
    const on = field.ago(lately);
    const { stage, stageSince } = await field.as(coach, async () => {
      await field.the(ActivitiesService).log(coach, { participantIds: [id], kind: 'phone', happenedOn: on, minutes: 15, outcome: 'done' });
      await this.tickOff(coach, id);
      return field.the(EnrolmentsService).get(coach, enrolment);
    });
    const review = REVIEWS.get(stage);
    if (review && stageSince < on) await field.step(team, coach, enrolment, { step: review, effectiveOn: on });
  }

  /** What only a hand closes, and was due by now, has been done. */
  private async tickOff(coach: Actor, participantId: string): Promise<void> {
    const agenda = this.field.the(AgendaService);
    for (const entry of await agenda.openOf(coach, participantId)) {
      if (entry.byHand && entry.dueOn < this.field.today) await agenda.tickOff(coach, entry.id, { version: entry.version });
    }
  }

  /** People who have come and are not admitted yet: they are no part of the world's counts. */
  private async door(ground: Ground): Promise<void> {
    const team = ground.teams.cusco;
    for (const [index, one] of atTheDoor().entries()) {
      const coach = team.coaches[0]!;
      const { enrolment } = await this.field.as(coach, () => this.entry.refer(ground.operation, coach, one));
      if (index > 2) await this.field.step(team, coach, enrolment, { step: 'wait', effectiveOn: this.field.ago(one.referred - 10), reviewOn: addDays(this.field.today, 6) });
    }
  }
}
