import type { Birth } from '../register/birth';
import { besideThePerson, isMinor, lastDayOfMinority, type MeasureFacts } from './who-decides';

const measure = (more: Partial<MeasureFacts>): MeasureFacts => ({ kind: 'representation', holder: 'Aline Roux', acts: ['consents'], byService: false, document: null, fromOn: '2024-01-01', untilOn: null, ...more });
const grown: Birth = { bornOn: '1990-05-04', bornPrecision: 'day' };
const unknown: Birth = { bornOn: null, bornPrecision: 'unknown' };
const beside = (measures: MeasureFacts[], day = '2026-06-16', birth = grown): unknown => besideThePerson(measures, 'consents', day, birth);
const legal = { needs: 'legal', because: 'measure', holder: 'Aline Roux', byService: false };

describe('who signs beside the person', () => {
  it('nobody, when there is no measure', () => {
    expect(beside([])).toEqual({ needs: 'nothing' });
  });
  it('law, when a measure covers the act on that day', () => {
    expect(beside([measure({})])).toEqual(legal);
  });
  it('nobody, when the measure covers other acts only', () => {
    expect(beside([measure({ acts: ['money'] })])).toEqual({ needs: 'nothing' });
  });
  it('nobody, for a support person: help, never substitution', () => {
    expect(beside([measure({ kind: 'support-person' })])).toEqual({ needs: 'nothing' });
  });
  it('the act waits when the measure has ended', () => {
    expect(beside([measure({ untilOn: '2026-06-15' })])).toEqual({ needs: 'expired', on: '2026-06-15' });
  });
  it('holds through its last day', () => {
    expect(beside([measure({ untilOn: '2026-06-16' })])).toEqual(legal);
  });
  it('goes on once somebody wrote that no measure stands any more', () => {
    expect(beside([measure({ untilOn: '2026-06-15' }), measure({ kind: 'none', acts: [], fromOn: '2026-06-15' })])).toEqual({ needs: 'nothing' });
  });
  it('says when it is the service itself that holds the measure', () => {
    expect(beside([measure({ byService: true })])).toEqual({ ...legal, byService: true });
  });
});

describe('somebody under 18', () => {
  const young: Birth = { bornOn: '2009-05-04', bornPrecision: 'day' };
  const minor = { needs: 'legal', because: 'minor', holder: null, byService: false };

  it('signs beside an adult, whether or not a measure was written down', () => {
    expect(beside([], '2026-06-16', young)).toEqual(minor);
    expect(beside([measure({ kind: 'minor', holder: 'Fanta', acts: [] })], '2026-06-16', young)).toEqual({ ...minor, holder: 'Fanta' });
  });
  it('alone from the eighteenth birthday on, and the measure leaves nothing to renew', () => {
    expect(beside([], '2027-05-03', young)).toEqual(minor);
    expect(beside([measure({ kind: 'minor', untilOn: '2027-05-03' })], '2027-05-04', young)).toEqual({ needs: 'nothing' });
    expect(lastDayOfMinority(young)).toBe('2027-05-03');
    expect(lastDayOfMinority({ bornOn: '2008-02-29' })).toBe('2026-02-27');
    expect(lastDayOfMinority(unknown)).toBeNull();
  });
  it('is known by the measure where the birth date is not', () => {
    expect(isMinor([measure({ kind: 'minor' })], '2026-06-16', unknown)).toBe(true);
    expect(isMinor([measure({ kind: 'minor', untilOn: '2026-06-15' })], '2026-06-16', unknown)).toBe(false);
    expect(isMinor([measure({ kind: 'minor' })], '2026-06-16', grown)).toBe(false);
  });
  it('alone when emancipated, with the document that says so', () => {
    expect(beside([measure({ kind: 'none', holder: null, acts: [] })], '2026-06-16', young)).toEqual(minor);
    expect(beside([measure({ kind: 'none', holder: null, acts: [], document: 'judgment of 3 March' })], '2026-06-16', young)).toEqual({ needs: 'nothing' });
  });
});
