import { canBeMet, factOf } from './profile-facts';
import { written } from './profile-section.entity';
import { SECTIONS } from './sections';

describe('what a protocol asks of the vocational profile', () => {
  const section = (key: (typeof SECTIONS)[number], sinceOn: string, ownSinceOn: string | null = null): Parameters<typeof factOf>[1][number] => ({ id: key, section: key, sinceOn, ownSinceOn, ownWords: ownSinceOn !== null });

  it('is known section by section, each that is missing with its own form', () => {
    const fact = factOf('awa', [section('interests', '2026-01-05'), section('abilities', '2026-02-01')], ['interests', 'abilities', 'barriers', 'supports'], false, '2026-03-02');
    expect(fact).toMatchObject({ have: 2, need: 4, metOn: null, where: '/participants/awa/vocational-profile?section=barriers' });
    expect(fact.missing).toEqual([
      { code: 'barriers', words: 'assessments.section.barriers', where: '/participants/awa/vocational-profile?section=barriers' },
      { code: 'supports', words: 'assessments.section.supports', where: '/participants/awa/vocational-profile?section=supports' },
    ]);
  });

  it('is met on the day of the last section, and not before', () => {
    const both = [section('interests', '2026-01-05'), section('abilities', '2026-02-01')];
    expect(factOf('awa', both, ['interests', 'abilities'], false, '2026-03-02')).toMatchObject({ have: 2, metOn: '2026-02-01', missing: [] });
    expect(factOf('awa', both, ['interests', 'abilities'], false, '2026-01-31')).toMatchObject({ have: 1, metOn: null });
  });

  it('wants the words of the person where it says so', () => {
    expect(factOf('awa', [section('work-wanted', '2026-01-05')], ['work-wanted'], true, '2026-03-02')).toMatchObject({ have: 0, metOn: null });
    expect(factOf('awa', [section('work-wanted', '2026-01-05', '2026-01-20')], ['work-wanted'], true, '2026-03-02')).toMatchObject({ have: 1, metOn: '2026-01-20', evidence: [{ level: 'worker' }] });
  });

  it('is refused where nobody could write it', () => {
    expect(canBeMet({ sections: ['interests', 'abilities', 'barriers', 'supports'], optional: ['family'] })).toBe(true);
    expect(canBeMet({ sections: ['work-wanted'], inOwnWords: true })).toBe(true);
    expect(canBeMet({ sections: [...SECTIONS] })).toBe(true);
    for (const wrong of [{}, { sections: [] }, { sections: ['shoes'] }, { sections: 'abilities' }, { sections: ['abilities'], optional: ['shoes'] }, { sections: ['abilities'], inOwnWords: 'yes' }, { sections: ['abilities'], mood: 1 }, { sections: ['toString'] }])
      expect([wrong, canBeMet(wrong)]).toEqual([wrong, false]);
  });
});

describe('a section that is written', () => {
  const before = { words: 'A', ownWords: true, writtenOn: '2026-02-01', sinceOn: '2026-01-01', ownSinceOn: '2026-01-15' };
  it.each([
    ['for the first time', null, { words: 'A', ownWords: true, writtenOn: '2026-02-01' }, { sinceOn: '2026-02-01', ownSinceOn: '2026-02-01' }],
    ['anew', before, { words: 'B', ownWords: true, writtenOn: '2026-03-01' }, { sinceOn: '2026-01-01', ownSinceOn: '2026-01-15' }],
    ['anew, in other words than the person’s', before, { words: 'B', ownWords: false, writtenOn: '2026-03-01' }, { sinceOn: '2026-01-01', ownSinceOn: null }],
    ['as of an earlier day', before, { words: 'B', ownWords: true, writtenOn: '2025-12-01' }, { sinceOn: '2025-12-01', ownSinceOn: '2025-12-01' }],
    ['with its day corrected', { ...before, sinceOn: '2026-02-01', ownSinceOn: '2026-02-01' }, { words: 'A', ownWords: true, writtenOn: '2026-02-10' }, { sinceOn: '2026-02-10', ownSinceOn: '2026-02-10' }],
  ])('%s', (_, was, told, since) => expect(written(was, told)).toEqual({ ...told, ...since }));
});
