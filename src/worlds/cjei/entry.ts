import { EntryService, InformationService, ParticipantsService, ProfileService } from '../../modules/participants';
import { EnrolmentsService } from '../../modules/pathways';
import type { Actor } from '../../platform/access/actor';
import { addDays, addMonths, type Day } from '../../platform/days';
import { Stream } from '../streams';
import { three, type Field } from './field';
import type { InventedPerson } from './people';

/** Years at which somebody signs alone. */
const OF_AGE = 18;

/** How people come: the referral, and what the admission asks for. */
export class Entry {
  constructor(private readonly field: Field) {}

  async refer(operationId: string, coach: Actor, one: InventedPerson): Promise<{ id: string; enrolment: string }> {
    const [bornYear, bornMonth, bornDay] = this.bornOn(one).split('-').map(Number) as [number, number, number];
    const own = new Stream(`cjei|contact|${one.number}`);
    const id = await this.field.the(ParticipantsService).register(coach, {
      givenNames: one.given, familyNames: one.family, bornPrecision: 'day', bornDay, bornMonth, bornYear, gender: one.gender, documentKind: 'national-id', place: one.district, languages: own.below(4) === 0 ? ['es', 'qu'] : ['es'],
      channel: own.pick(['call', 'message', 'visit'] as const), formats: own.below(3) === 0 ? ['easy-read'] : [], phones: [{ number: `900 ${three(own.below(1_000))} ${three(one.number)}`, owner: own.pick(['self', 'self', 'family'] as const) }], confirmedNew: true,
    });
    const receivedOn = this.field.ago(one.referred);
    const enrolment = await this.field.the(EnrolmentsService).open(coach, id, {
      pathway: one.pathway, operationId, source: one.source, receivedOn, wish: one.wish, entitlement: 'programme-eligibility', entitlementFrom: receivedOn,
    });
    return { id, enrolment };
  }

  /** What admission asks for, on its day; and who signs beside the person, where law asks for somebody. */
  async admissible(coach: Actor, id: string, one: InventedPerson, on: Day): Promise<void> {
    const own = new Stream(`cjei|entry|${one.number}`);
    const information = this.field.the(InformationService);
    await information.inform(coach, id, { givenOn: on, format: own.pick(['read-aloud', 'easy-read', 'plain'] as const), willing: 'yes' });
    if (this.isMinorOn(one, this.field.today)) await information.addMeasure(coach, id, { kind: 'minor', holder: one.adult, fromOn: this.bornOn(one) });
    const { items } = await this.field.the(EntryService).of(coach, id);
    const work = own.pick(['unemployed', 'unemployed', 'inactive'] as const);
    const answers = items.map(({ item, sensitive, options }) => ({ item, value: known(work, one, own)[item] ?? (sensitive && own.below(10) === 0 ? 'refused' : own.pick(options)) }));
    await this.field.the(EntryService).answer(coach, id, { answeredOn: on, version: 0, answers });
    const profiles = this.field.the(ProfileService);
    await profiles.editProfile(coach, id, { families: [one.disability], mainFamily: one.disability, version: 0 });
    if (one.card) await profiles.addRecognition(coach, id, { scheme: 'conadis-card', state: 'granted', validFrom: addDays(on, -own.between(30, 400)), validUntil: addDays(this.field.today, own.between(20, 1_400)) });
  }

  isMinorOn(one: InventedPerson, day: Day): boolean {
    return addMonths(this.bornOn(one), 12 * OF_AGE) > day;
  }

  private bornOn({ admitted, age, ageDays }: InventedPerson): Day {
    return addDays(addMonths(this.field.ago(admitted), -12 * age), -ageDays);
  }
}

/** Answers that follow from each other; nobody who came had work. */
function known(work: 'unemployed' | 'inactive', { card, age }: InventedPerson, own: Stream): Record<string, string> {
  const since: Record<string, string> = work === 'unemployed'
    ? { 'unemployed-for': own.pick(['under-6-months', '6-to-12-months', '12-to-24-months', 'over-24-months']) } : { 'unemployed-for': 'not-concerned', 'registered-unemployed': 'no' };
  const grown = age < OF_AGE ? ['isced-1', 'isced-2'] : ['none', 'isced-1', 'isced-2', 'isced-3', 'isced-3', 'isced-4'];
  return {
    'work-status': work, ...since, 'in-education': 'no', 'education-level': own.pick(grown), household: age < OF_AGE ? 'with-parents' : own.pick(['with-parents', 'with-parents', 'with-others']),
    nationality: 'national', disability: 'yes', 'disability-evidence': card ? 'recognised' : 'self-declared',
  };
}
