import type { AgreedStep } from './agreed-step.entity';
import { agreed } from './agreed-facts';

const about = { participantId: 'p', enrolmentId: 'e' };
const said = (answer: 'yes' | 'no', answeredOn: string): AgreedStep => ({
  id: `${answer} ${answeredOn}`, serviceId: 's', participantId: 'p', enrolmentId: 'e', toWhat: 'standby', answer, answeredOn, format: 'plain', giver: 'self', recordedAt: new Date(0), recordedBy: null,
});
const stoodBy = (effectiveOn: string, annulled = false) => ({ enrolmentId: 'e', act: 'step' as const, from: 'sustaining', to: 'standby', effectiveOn, annulled });
const asked = (latestFirst: AgreedStep[], on: string, history: ReturnType<typeof stoodBy>[] = []) => agreed(about, 'standby', latestFirst, history, on);

it('is missing as long as nobody has asked', () => {
  expect(asked([], '2026-06-01')).toMatchObject({ have: 0, need: 1, metOn: null, missing: [{ code: 'not-asked' }], where: '/participants/p/enrolments/e/agreed-steps?to=standby' });
});

it('goes by what the person said last, up to the day asked about', () => {
  const answers = [said('no', '2026-06-10'), said('yes', '2026-06-01')];
  expect(asked(answers, '2026-06-09')).toMatchObject({ have: 1, metOn: '2026-06-01', evidence: [{ id: 'yes 2026-06-01', level: 'worker' }] });
  expect(asked(answers, '2026-06-10')).toMatchObject({ have: 0, refused: true, missing: [{ code: 'refused' }] });
  expect(asked([said('yes', '2026-07-01'), ...answers], '2026-07-01')).toMatchObject({ have: 1, metOn: '2026-07-01' });
});

it('is asked again of whoever stood by with it and was supported since', () => {
  const yes = [said('yes', '2026-06-01')];
  expect(asked(yes, '2026-06-05', [stoodBy('2026-06-05')])).toMatchObject({ have: 1 });
  expect(asked(yes, '2026-09-01', [stoodBy('2026-06-05')])).toMatchObject({ have: 0, missing: [{ code: 'asked-before' }] });
  expect(asked(yes, '2026-09-01', [stoodBy('2026-06-05', true)])).toMatchObject({ have: 1 });
  expect(asked([said('yes', '2026-08-30'), ...yes], '2026-09-01', [stoodBy('2026-06-05')])).toMatchObject({ have: 1, metOn: '2026-08-30' });
});
