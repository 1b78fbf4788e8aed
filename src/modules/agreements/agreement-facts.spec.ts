import { canBeMet, factOf } from './agreement-facts';
import { missingOf, partiesOf } from './parties';

const who = { participantId: 'awa', enrolmentId: 'e' };
const one = (more: Partial<Parameters<typeof factOf>[0][number]> = {}): Parameters<typeof factOf>[0][number] => ({ id: 'a', kind: 'two-party', signedOn: '2026-02-01', untilOn: null, endedOn: null, ...more });

describe('what a protocol asks of agreements', () => {
  it.each([
    ['none', [], null, 'agreement', '/participants/awa/agreements/new?enrolment=e&kind=two-party'],
    ['one that waits', [one({ signedOn: null })], null, 'signatures', '/participants/awa/agreements/a'],
    ['one of another kind', [one({ kind: 'three-party' })], null, 'agreement', '/participants/awa/agreements/new?enrolment=e&kind=two-party'],
    ['one that has ended', [one({ endedOn: '2026-03-02' })], null, 'agreement', '/participants/awa/agreements/new?enrolment=e&kind=two-party'],
    ['one whose days are over', [one({ untilOn: '2026-03-01' })], null, 'agreement', '/participants/awa/agreements/new?enrolment=e&kind=two-party'],
    ['one that stands', [one({ untilOn: '2026-03-02', endedOn: '2026-03-03' })], '2026-02-01', undefined, '/participants/awa/agreements/a'],
    ['the first of two', [one({ id: 'b', signedOn: '2026-02-20' }), one()], '2026-02-01', undefined, '/participants/awa/agreements/a'],
  ])('of %s', (_, agreements, metOn, missing, where) => {
    const fact = factOf(agreements, 'two-party', who, '2026-03-02');
    expect([fact.metOn, fact.missing[0]?.code, fact.where]).toEqual([metOn, missing, where]);
  });

  it('is refused where nobody could sign it', () => {
    expect([{ kind: 'two-party', signed: true }, { kind: 'three-party' }].map(canBeMet)).toEqual([true, true]);
    expect([{}, { kind: 'apprenticeship', signedBy: ['participant'] }, { kind: 'two-party', signed: false }, { kind: 'two-party', months: 4 }].map(canBeMet)).toEqual([false, false, false, false]);
  });
});

describe('the parties of an agreement', () => {
  it('are asked in one order, the second signature beside the person’s', () => {
    expect(partiesOf('two-party', false)).toEqual(['participant', 'service']);
    expect(partiesOf('three-party', true)).toEqual(['participant', 'legal', 'service', 'employer']);
    expect(missingOf('three-party', false, [{ party: 'service' }])).toEqual(['participant', 'employer']);
  });
});
