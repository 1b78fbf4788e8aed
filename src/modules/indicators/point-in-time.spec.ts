import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, addMonths } from '../../platform/days';
import { anchoredRetention, chainRetention, chains, MILESTONE_MONTHS, personRetention, placementRetention, wilson, type RetentionRate, type Spell } from './point-in-time';

interface Expected {
  due?: number;
  excluded?: string[];
  denominator: number;
  retained: number;
  lost?: number;
  unknown: number;
  statuses: Record<string, string>;
  rate_conservative: number;
  rate_known_only: number;
  bound_low?: number;
  bound_high?: number;
  response_rate?: number;
}
const worked = JSON.parse(readFileSync(join(process.cwd(), 'test/fixtures/retention/retention_cases.json'), 'utf8')) as {
  cutoff: string; gap_days: number; month_clamp_checks: Record<string, string>;
  placements: { id: string; person: string; employer: string; start: string; end: string | null; end_reason: string | null; confirmed_through: string | null }[];
  km_person_chain: { id: string; time: number; status: number }[];
} & Record<'placement_status_at' | 'placement_duration_reached' | 'placement_status_at_excl_deceased' | 'person_any_employment', Record<string, Expected>>;
const spells: Spell[] = worked.placements.map(({ id, person, employer, start, end, end_reason, confirmed_through }) => ({ id, person, employer, start, end, endReason: end_reason, confirmedThrough: confirmed_through }));

function expectAs(found: RetentionRate, expected: Expected): void {
  expect(Object.fromEntries(found.standings)).toEqual(expected.statuses);
  expect(found).toMatchObject({ denominator: expected.denominator, retained: expected.retained, unknown: expected.unknown });
  expect(found.conservative).toBeCloseTo(expected.rate_conservative, 12);
  expect(found.known).toBeCloseTo(expected.rate_known_only, 12);
  if (expected.due !== undefined) expect(found).toMatchObject({ due: expected.due, lost: expected.lost, excluded: expected.excluded });
  if (expected.bound_low !== undefined) expect([found.low, found.high, found.responseRate]).toEqual([expected.bound_low, expected.bound_high, expected.response_rate].map((one) => expect.closeTo(one!, 12) as number));
}

describe('the worked cases', () => {
  it.each(Object.entries(worked.placement_status_at))('RET-S, in the job on M, month %s', (month, expected) => expectAs(placementRetention(spells, Number(month), worked.cutoff), expected));
  it.each(Object.entries(worked.placement_duration_reached))('RET-S, lasted until M, month %s', (month, expected) => expectAs(placementRetention(spells, Number(month), worked.cutoff, 'duration-reached'), expected));
  it.each(Object.entries(worked.placement_status_at_excl_deceased))('RET-S without who died before M, month %s', (month, expected) => expectAs(placementRetention(spells, Number(month), worked.cutoff, 'status-at', new Set(['deceased'])), expected));
  it.each(Object.entries(worked.person_any_employment))('RET-A, month %s', (month, expected) => expectAs(personRetention(spells, Number(month), worked.cutoff), expected));
  it.each(Object.entries(worked.month_clamp_checks))('%s months is %s', (sum, day) => {
    const [from, months] = sum.split('+') as [string, string];
    expect(addMonths(from, Number(months))).toBe(day);
  });

  it('chains: gaps of at most thirty days are bridged', () => {
    const found = chains(spells, worked.gap_days).map(({ person, start, end, confirmedThrough }) => ({ person, days: end === null ? span(start, confirmedThrough ?? start) : span(start, end) + 1, ended: end !== null }));
    // In the worked table the death is censored; here it is an end with its reason.
    const expected = worked.km_person_chain.map(({ id, time, status }) => ({ person: id[0]!, days: time, ended: status === 1 || id === 'J1' }));
    const key = (one: { person: string; days: number }): string => `${one.person} ${one.days}`;
    expect(found.sort((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(expected.sort((a, b) => (key(a) < key(b) ? -1 : 1)));
  });

  it('a bridged gap holds at a milestone that falls into it', () => {
    expect(personRetention(spells, 6, worked.cutoff).standings.get('E')).toBe('lost');
    expect(chainRetention(spells, 6, worked.cutoff).standings.get('p05')).toBe('retained');
  });
});

const aDay = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays('2018-01-01', n));
const aSpell = fc.record({ person: fc.constantFrom('A', 'B', 'C', 'D'), employer: fc.constantFrom('E1', 'E2'), start: aDay, length: fc.option(fc.integer({ min: 0, max: 1_500 })), confirmed: fc.option(fc.integer({ min: 0, max: 1_500 })), endReason: fc.constantFrom('term', 'death', 'unknown') });
const someSpells = fc.array(aSpell, { maxLength: 30 }).map((all) => all.map(({ person, employer, start, length, confirmed, endReason }, index): Spell => ({
  id: `s${index}`, person, employer, start, end: length === null ? null : addDays(start, length), endReason: length === null ? null : endReason, confirmedThrough: confirmed === null ? null : addDays(start, confirmed),
})));
const RULES = ['status-at', 'duration-reached'] as const;

describe('for any spells', () => {
  it('retained + lost + unknown = due − excluded, the bounds contain both rates, and nobody is lost from sight', () => {
    fc.assert(fc.property(someSpells, fc.constantFrom(...MILESTONE_MONTHS), aDay, fc.constantFrom(...RULES), fc.boolean(), (all, month, cutoff, rule, leaveOut) => {
      const excluding = new Set(leaveOut ? ['death'] : []);
      for (const found of [placementRetention(all, month, cutoff, rule, excluding), personRetention(all, month, cutoff, rule, excluding), chainRetention(all, month, cutoff, 30, rule, excluding)]) {
        expect(found.retained + found.lost + found.unknown).toBe(found.denominator);
        expect(found.denominator + found.excluded.length).toBe(found.due);
        for (const one of [found.conservative, found.known]) {
          if (one === null) continue;
          expect(one).toBeGreaterThanOrEqual(found.low! - 1e-12);
          expect(one).toBeLessThanOrEqual(found.high! + 1e-12);
        }
      }
      expect(placementRetention(all, month, cutoff, rule, excluding)).toMatchObject({ notYetDue: all.filter(({ start }) => addMonths(start, month) > cutoff).length });
    }));
  });

  it('a job that is retained on M has lasted until M: the second rule never keeps fewer', () => {
    fc.assert(fc.property(someSpells, fc.constantFrom(...MILESTONE_MONTHS), aDay, (all, month, cutoff) => {
      expect(placementRetention(all, month, cutoff, 'duration-reached').retained).toBeGreaterThanOrEqual(placementRetention(all, month, cutoff).retained);
    }));
  });

  it('the order of the spells changes nothing', () => {
    fc.assert(fc.property(someSpells, fc.constantFrom(...MILESTONE_MONTHS), aDay, (all, month, cutoff) => {
      const turned = [...all].reverse();
      for (const figure of [placementRetention, personRetention]) expect({ ...figure(turned, month, cutoff), standings: null }).toEqual({ ...figure(all, month, cutoff), standings: null });
      expect(new Set(chains(turned).map(({ spells: own }) => own.join()))).toEqual(new Set(chains(all).map(({ spells: own }) => own.join())));
    }));
  });

  it('chains hold each spell once, and a longer gap never makes more of them', () => {
    fc.assert(fc.property(someSpells, fc.integer({ min: 0, max: 60 }), (all, gap) => {
      expect(chains(all, gap).flatMap(({ spells: own }) => own).sort()).toEqual(all.map(({ id }) => id).sort());
      expect(chains(all, gap + 10).length).toBeLessThanOrEqual(chains(all, gap).length);
    }));
  });

  it('an anchor of one’s own: who has no spell is lost once due, and nobody else is counted', () => {
    const found = anchoredRetention(spells, new Map([['A', '2023-06-01'], ['Z', '2023-06-01'], ['H', '2024-06-01']]), 6, worked.cutoff);
    expect(Object.fromEntries(found.standings)).toEqual({ A: 'retained', Z: 'lost' });
    expect(found).toMatchObject({ notYetDue: 1, due: 2 });
  });

  it('a spell that ends before it starts is refused, an empty denominator is no rate', () => {
    expect(() => placementRetention([{ ...spells[0]!, end: '2000-01-01' }], 1, worked.cutoff)).toThrow(RangeError);
    expect(placementRetention([], 1, worked.cutoff)).toMatchObject({ conservative: null, known: null, low: null, high: null, responseRate: null });
  });
});

it('Wilson’s interval', () => {
  expect(wilson(0, 0)).toBeNull();
  // The two examples of Newcombe (Statistics in Medicine 17, 1998) that the method is usually checked on.
  expect(wilson(81, 263)).toEqual({ low: expect.closeTo(0.2553, 4) as number, high: expect.closeTo(0.3662, 4) as number });
  expect(wilson(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) as number });
});

function span(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
}
