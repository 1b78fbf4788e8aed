import { daysOf } from './silence';

describe('days without a contact', () => {
  it.each([
    [[], null], [[{ closed: true, stage: 'admitted' }], null], [[{ closed: false, stage: 'admitted' }], 30], [[{ closed: false, stage: 'standby' }], 180],
    [[{ closed: false, stage: 'standby' }, { closed: false, stage: 'admitted' }], 30],
    // A protocol names its stages as it likes.
    [[{ closed: false, stage: 'constructor' }], 30],
  ])('of %j: %s', (enrolments, days) => expect(daysOf(enrolments)).toBe(days));
});
