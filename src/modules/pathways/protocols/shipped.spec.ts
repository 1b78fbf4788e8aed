import type { Kind, Pathway, Protocol, Requirement, Step, Within } from '../protocol';
import { PATHWAYS, stageOf, stepOf } from '../protocol';
import { findingsOf } from '../publication';
import { shippedProtocols } from '../shipped';

/** The kinds whose facts some module tells today. */
const REGISTERED: ReadonlySet<Kind> = new Set<Kind>(['referral', 'entitlement', 'informed', 'identity', 'answered-or-refused', 'consent', 'activities', 'document', 'profile', 'plan', 'supports', 'agreement', 'first-day-worked', 'milestone', 'agrees']);
const ADMISSION: [string, Kind, Requirement['params']][] = [
  ['referral', 'referral', undefined], ['informed', 'informed', undefined], ['identity', 'identity', undefined],
  ['entry', 'answered-or-refused', { items: 'entry' }], ['disability', 'answered-or-refused', { items: 'disability' }],
];
const ORIENTATION_EXITS = ['contact-lost', 'deceased', 'health', 'in-a-job', 'moved', 'no-longer-wants', 'training'];
const EMPLOYMENT_EXITS = ['adapted-or-sheltered-work', 'contact-lost', 'deceased', 'health', 'left-in-work', 'moved', 'no-longer-wants', 'own-enterprise', 'retired', 'training'];

const all = shippedProtocols();
const named = all.map((protocol): [string, Protocol] => [`${protocol.pathway} ${protocol.version}`, protocol]);
const drafts = named.filter(([, { pathway, version }]) => version === 2 && pathway !== 'employment-advice');

function shipped(pathway: Pathway, version: number): Protocol {
  return all.find((one) => one.pathway === pathway && one.version === version)!;
}
const endsOf = (protocol: Protocol, end: 'success' | 'exit'): string[] => protocol.stages.filter((stage) => stage.end === end).map((stage) => stage.key);
const stepsTo = (protocol: Protocol, to: string): Step[] => protocol.steps.filter((step) => step.to === to);
const reasonsTo = (protocol: Protocol, to: string): string[] => [...new Set(stepsTo(protocol, to).flatMap((step) => (step.reasons ?? []).map((one) => one.key)))].sort();
const limitsOf = (protocol: Protocol): Record<string, Within> => Object.fromEntries(protocol.stages.flatMap((stage) => (stage.within ? [[stage.key, stage.within]] : [])));
const conditionsOf = (step: Step): [string, Kind, Requirement['params']][] => step.requires.map(({ key, kind, params }) => [key, kind, params]);
const condition = (protocol: Protocol, step: string, key: string): Requirement => stepOf(protocol, step)!.requires.find((one) => one.key === key)!;
const openStages = (protocol: Protocol): string[] => protocol.stages.filter((stage) => !stage.end).map((stage) => stage.key);

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function reachable(protocol: Protocol): Set<string> {
  const seen = new Set([protocol.stages[0]!.key]);
  for (let before = 0; before < seen.size;) {
    before = seen.size;
    for (const step of protocol.steps) if (step.from.some((from) => seen.has(from))) seen.add(step.to);
  }
  return seen;
}

it('ships two versions of each pathway', () => {
  expect(named.map(([name]) => name).sort()).toEqual(PATHWAYS.flatMap((pathway) => [`${pathway} 1`, `${pathway} 2`]).sort());
});

describe.each(named)('%s', (_, protocol) => {
  it('has nothing against it as a document', () => expect(findingsOf(protocol, null)).toEqual([]));

  it('names what is due as an act, not as a rule', () => {
    expect(protocol.steps.flatMap(({ opens = [] }) => opens.flatMap(({ title }) => Object.values(title) as string[])).filter((title) => /[():;]/.test(title))).toEqual([]);
  });

  it('leads to each of its stages', () => expect([...reachable(protocol)].sort()).toEqual(protocol.stages.map((stage) => stage.key).sort()));

  it('admits on the five conditions, with what its pathway adds', () => {
    const admissions = protocol.steps.filter((step) => stageOf(protocol, step.to)!.admits && step.from.includes('waiting'));
    expect(admissions.length).toBeGreaterThan(0);
    for (const step of admissions) {
      expect(conditionsOf(step).slice(0, 5)).toEqual(ADMISSION);
      expect(step.from).toEqual([protocol.stages[0]!.key, 'waiting']);
      expect(step.by).toEqual(['coach', 'manager']);
      expect(step.opens).toContainEqual(expect.objectContaining({ key: 'first-meeting', within: { days: 15 }, forWhom: 'coach' }));
    }
  });

  it('asks for consent nowhere', () => expect(protocol.steps.flatMap((step) => step.requires).filter((one) => one.kind === 'consent')).toEqual([]));

  it('declines for the three reasons only', () => {
    expect(reasonsTo(protocol, 'declined')).toEqual(['accompanied-elsewhere', 'not-wanted', 'outside-area-or-age']);
    expect(stepsTo(protocol, 'declined').flatMap((step) => step.requires)).toEqual([]);
  });

  it('gives every way out a reason', () => {
    for (const exit of endsOf(protocol, 'exit')) for (const step of stepsTo(protocol, exit)) expect([step.key, step.reasons?.length ?? 0]).not.toEqual([step.key, 0]);
  });

  it('can close every open stage after a death', () => {
    const closed = protocol.steps.filter((step) => step.reasons?.some((one) => one.key === 'deceased')).flatMap((step) => step.from);
    expect(openStages(protocol).filter((stage) => !closed.includes(stage))).toEqual([]);
  });

  it('answers a happening by one step from each stage', () => {
    const answers = protocol.steps.flatMap((step) => (step.on ? step.from.map((from) => `${step.on} from ${from}`) : []));
    expect(new Set(answers).size).toBe(answers.length);
  });

  it('leaves typography to the formatter', () => expect(textsOf(protocol).filter((text) => /[\u00A0\u202F\u2019]|\s{2}|^\s|\s$/.test(text))).toEqual([]));
});

describe('version 1', () => {
  it.each(named.filter(([, { version }]) => version === 1))('%s can be judged today, and says that version 2 brings the rest', (_, protocol) => {
    expect(findingsOf(protocol, REGISTERED)).toEqual([]);
    expect(protocol.summary.fr).toContain('La version 2 apporte la suite');
    expect(protocol.summary.es).toContain('La versión 2 trae lo demás');
    expect(protocol.summary.en).toContain('Version 2 brings the rest');
  });

  it.each(PATHWAYS.map((pathway) => [pathway]))('%s: whoever stands on it can be moved to version 2', (pathway) => {
    expect(openStages(shipped(pathway, 2))).toEqual(expect.arrayContaining(openStages(shipped(pathway, 1))));
  });

  it.each([['orientation'], ['employment-advice']] as const)('%s admits on exactly five conditions', (pathway) => {
    expect(conditionsOf(stepOf(shipped(pathway, 1), 'admit')!)).toEqual(ADMISSION);
    expect(stepOf(shipped(pathway, 1), 'admit')!.deviation).toEqual(['manager']);
    expect(conditionsOf(stepOf(shipped(pathway, 1), 'start-profiling')!)).toEqual([['first-meeting', 'activities', { kinds: ['interview', 'visit'], count: 1 }]]);
    expect(limitsOf(shipped(pathway, 1))).toEqual({ referred: { days: 15 }, waiting: { days: 30 }, admitted: { days: 15 }, profiling: { days: 45 } });
  });

  it('entrepreneurship asks for eligibility as well', () => {
    expect(conditionsOf(stepOf(shipped('entrepreneurship', 1), 'accept-advice')!)).toEqual([...ADMISSION, ['eligibility', 'entitlement', undefined]]);
    expect(limitsOf(shipped('entrepreneurship', 1))).toEqual({ applied: { days: 15 }, waiting: { days: 30 } });
  });

  it('employment advice waits for a first employer contact, and holds nobody back for it', () => {
    const admit = stepOf(shipped('employment-advice', 1), 'admit')!;
    expect(admit.opens).toContainEqual(expect.objectContaining({ key: 'first-employer-contact', within: { days: 30 } }));
    expect(shipped('employment-advice', 1).steps.flatMap((step) => step.requires.map((one) => one.key))).not.toContain('first-employer-contact');
  });

  it('leaves for the reasons of its pathway', () => {
    expect(reasonsTo(shipped('orientation', 1), 'left')).toEqual(ORIENTATION_EXITS);
    expect(reasonsTo(shipped('employment-advice', 1), 'left')).toEqual(EMPLOYMENT_EXITS);
    // Without money, none is recovered.
    expect(reasonsTo(shipped('entrepreneurship', 1), 'left')).toEqual(['closed-not-in-work', 'deceased', 'in-a-job', 'moved-or-displaced', 'withdrew']);
  });
});

describe('version 2', () => {
  it('of employment advice can be judged: it is published as it comes', () => expect(findingsOf(shipped('employment-advice', 2), REGISTERED)).toEqual([]));

  it.each(drafts)('%s stays a draft only because nobody tells some of its facts yet', (_, protocol) => {
    const findings = findingsOf(protocol, REGISTERED);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter(({ code }) => code !== 'kind-not-registered')).toEqual([]);
  });

  it('has the limits of the common rule', () => {
    const before = { waiting: { days: 30 } };
    expect(limitsOf(shipped('orientation', 2))).toEqual({ ...before, referred: { days: 15 }, admitted: { days: 15 }, profiling: { days: 45 }, strengthening: { days: 90 }, completed: { months: 6 } });
    expect(limitsOf(shipped('employment-advice', 2))).toEqual({
      ...before, referred: { days: 15 }, admitted: { days: 15 }, profiling: { days: 45 }, searching: { days: 90 }, hired: { days: 45 }, sustaining: { days: 180 }, standby: { days: 180 },
    });
    expect(limitsOf(shipped('entrepreneurship', 2))).toEqual({ ...before, applied: { days: 15 }, trained: { days: 60 }, apprenticed: { months: 4 }, agreed: { days: 30 } });
  });

  it('names its ends', () => {
    expect(endsOf(shipped('orientation', 2), 'success')).toEqual(['launched', 'not-launched']);
    expect(endsOf(shipped('employment-advice', 2), 'success')).toEqual(['left-in-work']);
    expect(endsOf(shipped('entrepreneurship', 2), 'success')).toEqual(['sustained', 'in-a-job']);
    expect(endsOf(shipped('entrepreneurship', 2), 'exit')).toEqual(['not-accepted', 'declined', 'left']);
  });

  it('leaves for the reasons of its pathway', () => {
    expect(reasonsTo(shipped('orientation', 2), 'left')).toEqual(ORIENTATION_EXITS);
    const employment = shipped('employment-advice', 2);
    expect([...reasonsTo(employment, 'left'), ...reasonsTo(employment, 'left-in-work')].sort()).toEqual(EMPLOYMENT_EXITS);
    const entrepreneurship = shipped('entrepreneurship', 2);
    // Going on to employment advice is one of the loops, not one of the exits.
    expect([...reasonsTo(entrepreneurship, 'left'), ...reasonsTo(entrepreneurship, 'in-a-job')].sort())
      .toEqual(['closed-not-in-work', 'deceased', 'grant-recovered', 'in-a-job', 'moved-or-displaced', 'onward-pathway', 'withdrew']);
    expect(reasonsTo(entrepreneurship, 'not-accepted')).toEqual(['not-eligible', 'not-selected']);
  });

  it('does not call contact lost before six attempts over three months, by two channels, with a visit', () => {
    for (const pathway of ['orientation', 'employment-advice'] as const) {
      const lost = shipped(pathway, 2).steps.filter((step) => step.reasons?.some((one) => one.key === 'contact-lost'));
      expect(lost.map((step) => step.key)).toEqual(['lose-contact']);
      expect(lost[0]!.requires.map((one) => one.params)).toEqual([
        expect.objectContaining({ count: 6, overMonths: 3, channels: 2 }), expect.objectContaining({ kinds: ['visit'], count: 1 }),
      ]);
    }
  });

  describe('orientation', () => {
    const protocol = shipped('orientation', 2);

    it('passes to strengthening with a profile made in two interviews', () => {
      expect(conditionsOf(stepOf(protocol, 'start-strengthening')!)).toEqual([
        ['profile', 'profile', { sections: ['interests', 'abilities', 'barriers', 'supports'], optional: ['family'] }],
        ['interviews', 'activities', { kinds: ['interview'], count: 2, since: 'admission' }],
        ['washington-group', 'assessment', { form: 'washington-group-short-set', refusalCounts: true }],
      ]);
    });

    it('asks at three and six months what has begun; a late launch counts, and it may reopen', () => {
      expect(stepOf(protocol, 'complete')!.opens!.map((task) => task.within)).toEqual([{ months: 3 }, { months: 6 }]);
      expect(stepOf(protocol, 'launch')).toMatchObject({ from: ['completed', 'not-launched'] });
      expect(stepOf(protocol, 'launch')!.reasons!.map((one) => one.key)).toEqual(condition(protocol, 'launch', 'beginning').params!.kinds);
      expect(stepOf(protocol, 'reopen')!.from).toEqual(['not-launched']);
    });
  });

  describe('employment advice', () => {
    const protocol = shipped('employment-advice', 2);

    it('hires from any stage since admission, on a first day worked and nothing else', () => {
      const hires = stepsTo(protocol, 'hired');
      expect(hires.map(({ key, from, on }) => [key, from, on])).toEqual([['hire', ['admitted', 'profiling', 'searching'], 'placement-started'], ['hire-from-standby', ['standby'], 'placement-started']]);
      for (const { requires, opens } of hires) {
        expect(requires.map((one) => one.kind)).toEqual(['first-day-worked']);
        expect(opens!.map(({ key, within }) => [key, within])).toEqual([
          ['benefits-advice', { days: 15 }], ['needs', { days: 7 }], ['disclosure-sheet', { days: 7 }], ['two-party-agreement', { days: 30 }], ['three-party-agreement', { days: 30 }],
        ]);
      }
    });

    it('does not take a job for a hire that was there before the support, or before standby', () => {
      expect([['hire', 'first-day-worked'], ['hire-from-standby', 'first-day-worked'], ['take-on-in-job', 'running-job']].map(([step, key]) => condition(protocol, step!, key!).params!.begun))
        .toEqual(['since-admission', 'since-stage', 'before-admission']);
    });

    it('asks for no talk and no milestone twice: who looks after jobs and their calendar asks for them', () => {
      const opened = protocol.steps.flatMap((step) => (step.opens ?? []).map((task) => task.key));
      expect(opened.filter((key) => /milestone|month|contact-after-job/.test(key))).toEqual([]);
    });

    it('never makes the profile, the sessions or the plan a gate to work', () => {
      const gates = ['hire', 'hire-from-standby', 'take-on-in-job', 'sustain', 'stand-by', 'leave-in-work'].flatMap((key) => stepOf(protocol, key)!.requires.map((one) => one.kind));
      expect(gates.filter((kind) => ['profile', 'attendance', 'plan', 'activities', 'assessment'].includes(kind))).toEqual([]);
      expect(stepOf(protocol, 'start-search')!.from).toContain('admitted');
    });

    it('takes on who is already in work', () => expect(stepOf(protocol, 'take-on-in-job')).toMatchObject({ from: ['admitted'], to: 'sustaining' }));

    it('asks the worker, and of the employer an answer, a "not permitted" or three attempts', () => {
      expect(condition(protocol, 'sustain', 'worker-at-month-1').params).toEqual({ month: 1, sides: ['worker'] });
      expect(condition(protocol, 'sustain', 'employer-at-month-1').params).toEqual({ month: 1, sides: ['employer'], notPermittedCounts: true, unknownAfterAttempts: 3 });
    });

    it('goes back to searching, or to support, when no job is left', () => {
      expect(stepOf(protocol, 'search-again')).toMatchObject({ from: ['hired', 'sustaining', 'standby'], to: 'searching', on: 'placement-ended' });
      for (const key of ['search-again', 'recover-first']) {
        expect(condition(protocol, key, 'no-job-left').params).toEqual({ running: false });
      }
    });

    it('stands by only as the person agrees, and supports again by one act', () => {
      for (const key of ['stand-by', 'leave-in-work']) {
        expect(condition(protocol, key, 'agrees').kind).toBe('agrees');
        expect(stepOf(protocol, key)!.deviation).toBeUndefined();
      }
      expect(stepOf(protocol, 'stand-by')!.opens).toEqual([expect.objectContaining({ forWhom: 'manager' })]);
      expect(stepOf(protocol, 'support-again')!.requires).toEqual([]);
    });

    it.each([['review-search', 'searching'], ['review-support', 'sustaining'], ['keep-in-touch', 'standby'], ['keep-waiting', 'waiting']])('%s begins the time on %s again, after a contact', (key, stage) => {
      expect(stepOf(protocol, key)).toMatchObject({ from: [stage], to: stage });
      expect(stepOf(protocol, key)!.requires.map((one) => one.params)).toEqual([expect.objectContaining({ count: 1, since: 'stage' })]);
    });
  });

  describe('entrepreneurship', () => {
    const protocol = shipped('entrepreneurship', 2);
    const tracksOf = (step: Step): readonly string[] => (step.requires.find((one) => one.key === 'track')?.params?.tracks as string[] | undefined) ?? [];
    const line = (track: string): string[] => {
      const seen = ['applied'];
      for (let at = 0; at < seen.length; at += 1) {
        for (const step of protocol.steps) {
          const isForward = protocol.stages.findIndex((one) => one.key === step.to) > protocol.stages.findIndex((one) => one.key === seen[at]);
          const applies = tracksOf(step).length === 0 || tracksOf(step).includes(track);
          if (isForward && applies && step.from.includes(seen[at]!) && !stageOf(protocol, step.to)!.aside && !seen.includes(step.to)) seen.push(step.to);
        }
      }
      return protocol.stages.map((one) => one.key).filter((key) => seen.includes(key));
    };

    it.each([
      ['advice', ['applied', 'accepted', 'trained', 'planned', 'trading', 'sustained']],
      ['existing-enterprise', ['applied', 'accepted', 'trained', 'planned', 'agreed', 'financed', 'trading', 'sustained']],
      ['apprentice', ['applied', 'accepted', 'trained', 'planned', 'apprenticed', 'evaluated', 'agreed', 'financed', 'trading', 'sustained']],
      ['group', ['applied', 'accepted', 'trained', 'planned', 'agreed', 'financed', 'trading', 'sustained']],
    ])('on the track %s goes %j', (track, stages) => expect(line(track)).toEqual(stages));

    it('accepts by eligibility, by a round of three bodies, or by a workshop with its minutes', () => {
      expect(conditionsOf(stepOf(protocol, 'accept-advice')!).slice(5)).toEqual([['track', 'enterprise', { tracks: ['advice'] }], ['eligibility', 'entitlement', undefined]]);
      for (const key of ['accept-after-round', 'accept-after-workshop', 'not-select']) {
        expect(condition(protocol, key, 'selection').params).toMatchObject({ members: 3, differentBodies: true, criteriaValidatedFirst: true, conflictsDeclared: true, disabilityCostsNeverLower: true });
      }
      expect(condition(protocol, 'accept-after-workshop', 'minutes').params).toEqual({ anyOf: ['minutes', 'mayor-decision'] });
    });

    it('offers another pathway within thirty days to who is not accepted', () => {
      for (const step of stepsTo(protocol, 'not-accepted')) expect(step.opens).toEqual([expect.objectContaining({ key: 'another-pathway', within: { days: 30 } })]);
    });

    it('keeps its numbers as parameters', () => {
      expect(condition(protocol, 'train', 'modules').params).toMatchObject({ share: 0.8, madeUpIndividually: true, adaptedCounts: true });
      expect(condition(protocol, 'apprentice', 'apprenticeship-agreement').params).toMatchObject({ months: 4, signedBy: ['participant', 'master', 'service'] });
      expect(condition(protocol, 'improve', 'improvement').params).toMatchObject({ increase: 0.1, morePaidWorkers: 1, paired: true });
      expect(condition(protocol, 'sustain', 'trading-at-12-months').params).toMatchObject({ months: 12 });
    });

    it('pays nobody before an agreement that a manager has approved', () => {
      expect(stepsTo(protocol, 'agreed').every((step) => step.approval === 'manager' && step.deviation === undefined)).toBe(true);
      expect(stepsTo(protocol, 'financed').map((step) => step.from)).toEqual([['agreed']]);
      expect(stepOf(protocol, 'finance')!.deviation).toBeUndefined();
      expect(condition(protocol, 'finance', 'first-payment').params).toMatchObject({ notBefore: 'agreed', atMostAgreed: true, reportBeforeNext: true });
    });

    it('measures no personal quality against a threshold', () => {
      expect(condition(protocol, 'evaluate', 'qualities').params).toMatchObject({ describedWith: 'participant', threshold: false });
      expect(stepOf(protocol, 'agree-apprentice')!.requires.filter((one) => one.params?.kind === 'personal-qualities')).toEqual([]);
    });

    it('plans anew after a closing or outside the group, and supports again', () => {
      expect(stepOf(protocol, 'plan-anew')).toMatchObject({ to: 'trained', on: 'enterprise-closed' });
      expect(stepOf(protocol, 'leave-group')).toMatchObject({ to: 'trained' });
      expect(stepOf(protocol, 'to-employment-advice')!.requires.map((one) => one.kind)).toEqual(['agrees']);
      expect(stepOf(protocol, 'support-again')).toMatchObject({ from: ['sustained'], to: 'trading' });
    });
  });
});
