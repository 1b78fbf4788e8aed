import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import { wrongField } from '../../platform/problem';
import { ParticipantsService } from '../participants';
import { ageAtMost, minimumAge } from './minimum-age';
import type { End, Placement } from './placements.entities';
import { spellOverlaps, tooYoung, unknownSite } from './placements.problems';
import { PlacementsRepository } from './placements.repository';
import type { Terms } from './terms';
import { Workplaces } from './workplaces';

/** The first day on which somebody who is accompanied may have begun a job that still runs. */
const EARLIEST_JOB: Day = '1960-01-01';

/** What speaks against a placement being written down like this. */
@Injectable()
export class PlacementRules {
  constructor(
    private readonly placements: PlacementsRepository,
    private readonly participants: ParticipantsService,
    private readonly workplaces: Workplaces,
  ) {}

  /** @throws Problem 422 where the service knows no such employer, or it is a double of another, or the employer no such site */
  async place(actor: Actor, employerId: string, siteId: string | null): Promise<void> {
    await this.workplaces.check(actor, employerId);
    if (siteId && !(await this.workplaces.sites(actor, employerId)).some(({ id }) => id === siteId)) throw unknownSite();
  }

  /** @throws Problem 422 on days that do not follow each other, or that come before the person's birth. @param placement as it stands, where it stands already */
  async days(actor: Actor, participantId: string, terms: Terms, placement: Placement | null): Promise<void> {
    const began = placement?.firstDayOn ?? null;
    const first = began ?? terms.plannedStartOn;
    if (first && terms.plannedEndOn && terms.plannedEndOn < first) throw wrongField('plannedEndOn', 'not-before', { day: first });
    if (first && terms.trialEndOn && terms.trialEndOn < first) throw wrongField('trialEndOn', 'not-before', { day: first });
    if (terms.plannedStartOn) await this.participants.checkDay(actor, [participantId], 'plannedStartOn', terms.plannedStartOn, EARLIEST_JOB);
    if (terms.contractOn) await this.participants.checkDay(actor, [participantId], 'contractOn', terms.contractOn, EARLIEST_JOB);
  }

  /** A first day that has been, in its place among the others. */
  async firstDay(actor: Actor, { participantId, plannedEndOn, lastDayOn, endAfterOn }: Placement, firstDayOn: Day): Promise<void> {
    await this.participants.checkDay(actor, [participantId], 'firstDayOn', firstDayOn, EARLIEST_JOB);
    const last = endAfterOn ?? lastDayOn;
    if (last && firstDayOn > last) throw wrongField('firstDayOn', 'not-after', { day: last });
    if (plannedEndOn && firstDayOn > plannedEndOn) throw wrongField('firstDayOn', 'after-planned-end', { day: plannedEndOn });
  }

  /** Below the age at which the country lets people work nobody is placed; where the birth date is not known, the page says so. */
  async age(actor: Actor, participantId: string, employerId: string, { contract }: Pick<Terms, 'contract'>, path: string, day: Day): Promise<void> {
    const years = minimumAge(await this.workplaces.countryOf(actor, employerId), contract);
    const age = ageAtMost(await this.participants.read(actor, participantId), day);
    if (age !== null && age < years) throw tooYoung(path, years);
  }

  /** One person does not hold two jobs at one employer at the same time: the second spell is refused, and says where the first stands. */
  async spell(actor: Actor, path: string, { id, participantId, employerId, firstDayOn, lastDayOn }: Pick<Placement, 'id' | 'participantId' | 'employerId' | 'lastDayOn'> & { firstDayOn: Day }): Promise<void> {
    const others = (await this.placements.ofPeople(actor, [participantId])).filter((one) => one.id !== id && one.employerId === employerId && !one.annulledAt && one.firstDayOn);
    const other = others.find((one) => one.firstDayOn! <= (lastDayOn ?? '9999-12-31') && firstDayOn <= (one.lastDayOn ?? '9999-12-31'));
    if (other) throw spellOverlaps(path, { ...other, firstDayOn: other.firstDayOn! });
  }

  /** @throws Problem 422 where the end comes before the start, or before somebody knew that it began */
  end({ firstDayOn }: Placement, { lastDayOn, afterOn, learntOn }: End): void {
    if (lastDayOn < firstDayOn!) throw wrongField('lastDayOn', 'not-before', { day: firstDayOn });
    if (afterOn && afterOn < firstDayOn!) throw wrongField('afterOn', 'not-before', { day: firstDayOn });
    if (learntOn < firstDayOn!) throw wrongField('learntOn', 'not-before', { day: firstDayOn });
  }

  /** Evidence is of a day on which the job ran. */
  evidence({ firstDayOn, lastDayOn }: Placement, onDay: Day): void {
    if (firstDayOn && onDay < firstDayOn) throw wrongField('onDay', 'not-before', { day: firstDayOn });
    if (lastDayOn && onDay > lastDayOn) throw wrongField('onDay', 'not-after', { day: lastDayOn });
  }

  /** The youngest age for this job, where nothing tells how old the person is. */
  async ageToCheck(actor: Actor, participantId: string, employerId: string, contract: Terms['contract']): Promise<number | null> {
    const person = await this.participants.read(actor, participantId);
    if (ageAtMost(person, person.createdAt.slice(0, 10)) !== null) return null;
    return minimumAge(await this.workplaces.countryOf(actor, employerId), contract);
  }
}
