import { besideThePerson, type MeasureFacts } from './who-decides';

const measure = (more: Partial<MeasureFacts>): MeasureFacts => ({ kind: 'representation', acts: ['consents'], fromOn: '2024-01-01', untilOn: null, ...more });

describe('who signs beside the person', () => {
  it('nobody, when there is no measure', () => {
    expect(besideThePerson([], 'consents', '2026-06-16')).toEqual({ needs: 'nothing' });
  });
  it('law, when a measure covers the act on that day', () => {
    expect(besideThePerson([measure({})], 'consents', '2026-06-16')).toEqual({ needs: 'legal' });
  });
  it('nobody, when the measure covers other acts only', () => {
    expect(besideThePerson([measure({ acts: ['money'] })], 'consents', '2026-06-16')).toEqual({ needs: 'nothing' });
  });
  it('nobody, for a support person: help, never substitution', () => {
    expect(besideThePerson([measure({ kind: 'support-person' })], 'consents', '2026-06-16')).toEqual({ needs: 'nothing' });
  });
  it('the act waits when the measure has ended', () => {
    expect(besideThePerson([measure({ untilOn: '2026-06-15' })], 'consents', '2026-06-16')).toEqual({ needs: 'expired', on: '2026-06-15' });
  });
  it('holds through its last day', () => {
    expect(besideThePerson([measure({ untilOn: '2026-06-16' })], 'consents', '2026-06-16')).toEqual({ needs: 'legal' });
  });
  it('goes on once somebody wrote that no measure stands any more', () => {
    expect(besideThePerson([measure({ untilOn: '2026-06-15' }), measure({ kind: 'none', acts: [], fromOn: '2026-06-15' })], 'consents', '2026-06-16')).toEqual({ needs: 'nothing' });
  });
});
