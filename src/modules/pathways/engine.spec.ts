import fc from 'fast-check';
import { addDays, type Day } from '../../platform/days';
import { smallProtocol, requirement, stage, step } from '../../../test/pathways/small-protocol';
import { after, dueOn, judge, mayAnnul, stepsFrom, track, type Attempt, type Fact, type Standing } from './engine';
import { findingsOf } from './publication';
import { hashOf, type Protocol } from './protocol';

const TODAY: Day = '2026-03-02';
const standing = (more: Partial<Standing> = {}): Standing => ({ stage: 'referred', since: '2026-02-01', closed: false, pausedOn: null, pausedDays: 0, ...more });
const fact = (have: number, need: number, metOn: Day | null = have >= need ? '2026-02-01' : null): Fact => ({ have, need, metOn, evidence: [], where: '/there', missing: [] });
const attempt = (more: Partial<Attempt> = {}): Attempt => ({ step: 'admit', role: 'coach', effectiveOn: TODAY, today: TODAY, ...more });
const protocol = smallProtocol();
const full = new Map([['identity', fact(1, 1)], ['informed', fact(1, 1)], ['meeting', fact(1, 1)]]);

describe('the engine', () => {
  it('allows a step whose requirements are all met', () => {
    expect(judge(protocol, standing(), attempt(), full)).toMatchObject({ allowed: true, refusal: null, unmet: [] });
  });

  it('refuses with every unmet requirement, in numbers', () => {
    const verdict = judge(protocol, standing(), attempt(), new Map([['informed', fact(2, 4)]]));
    expect(verdict).toMatchObject({ allowed: false, refusal: 'unmet' });
    expect(verdict.unmet.map(({ requirement: one, fact: known }) => [one.key, known?.have ?? null, known?.need ?? null])).toEqual([['identity', null, null], ['informed', 2, 4]]);
  });

  it.each([
    [{ step: 'nothing' }, {}, 'unknown-step'], [{}, { closed: true }, 'closed'], [{ step: 'begin' }, {}, 'not-from-here'], [{ step: 'finish' }, { stage: 'working' }, 'not-this-role'],
    [{ role: 'editor' as const }, {}, 'not-this-role'], [{ effectiveOn: '2026-03-03' }, {}, 'in-the-future'], [{ effectiveOn: '2026-01-31' }, {}, 'before-last-step'],
    [{ effectiveOn: '2025-11-01' }, { since: '2025-01-01' }, 'too-long-ago'], [{ step: 'decline' }, {}, 'reason-needed'], [{ step: 'decline', reason: 'other' }, {}, 'reason-needed'],
  ])('refuses %j standing %j: %s', (wrong, where, refusal) => {
    expect(judge(protocol, standing(where), attempt(wrong), full)).toMatchObject({ allowed: false, refusal });
  });

  it('lets a manager date back further than ninety days', () => {
    const old = new Map([['identity', fact(1, 1, '2025-01-01')], ['informed', fact(1, 1, '2025-01-01')]]);
    expect(judge(protocol, standing({ since: '2025-01-01' }), attempt({ role: 'manager', effectiveOn: '2025-11-01' }), old).allowed).toBe(true);
  });

  it('never dates a step before its facts', () => {
    const late = new Map([...full, ['informed', fact(1, 1, '2026-02-20')]]);
    expect(judge(protocol, standing(), attempt({ effectiveOn: '2026-02-19' }), late)).toMatchObject({ allowed: false, refusal: 'before-its-facts' });
    expect(judge(protocol, standing(), attempt({ effectiveOn: '2026-02-20' }), late).allowed).toBe(true);
  });

  it('lets only those deviate whom the step names, and only with a reason', () => {
    expect(judge(protocol, standing(), attempt({ role: 'manager', deviation: 'lost papers' }), new Map()).allowed).toBe(true);
    expect(judge(protocol, standing(), attempt({ role: 'manager' }), new Map())).toMatchObject({ allowed: false, refusal: 'unmet', mayDeviate: true });
    expect(judge(protocol, standing(), attempt({ deviation: 'hurry' }), new Map())).toMatchObject({ allowed: false, refusal: 'deviation-not-allowed' });
    // What the person has refused is nobody's to pass over.
    const no = new Map([['informed', { have: 0, need: 1, metOn: null, evidence: [], where: null, missing: [], refused: true }]]);
    expect(judge(protocol, standing(), attempt({ role: 'manager', deviation: 'lost papers' }), no)).toMatchObject({ allowed: false, refusal: 'deviation-not-allowed', mayDeviate: false });
  });

  it('counts deadlines by the calendar and stops their clock in a pause', () => {
    expect(after('2026-01-31', { months: 1 })).toBe('2026-02-28');
    expect(dueOn(protocol, standing())).toBe('2026-02-16');
    expect(dueOn(protocol, standing({ pausedDays: 10 }))).toBe('2026-02-26');
    expect(dueOn(protocol, standing({ pausedOn: '2026-02-03' }))).toBeNull();
    expect(dueOn(protocol, standing({ stage: 'working' }))).toBeNull();
  });

  it('gives the coach a week to annul, then the manager', () => {
    expect([mayAnnul('coach', '2026-02-23', TODAY), mayAnnul('coach', '2026-02-22', TODAY), mayAnnul('manager', '2020-01-01', TODAY), mayAnnul('editor', TODAY, TODAY)]).toEqual([true, false, true, false]);
  });

  it('draws the track: done, now, to come, skipped', () => {
    const visited = new Map([['referred', '2026-01-01'], ['working', '2026-02-01']]);
    expect(track(protocol, standing({ stage: 'working', since: '2026-02-01' }), visited).map((one) => [one.key, one.state])).toEqual([['referred', 'done'], ['admitted', 'skip'], ['working', 'now'], ['done', 'todo']]);
    expect(track(protocol, standing({ stage: 'waiting' }), new Map([['referred', '2026-01-01']])).map((one) => one.state)).toEqual(['done', 'todo', 'todo', 'todo']);
  });

  it('never reaches an illegal stage, whatever is tried', () => {
    const edges = new Set(protocol.steps.flatMap((one) => one.from.map((from) => `${from} ${one.to}`)));
    fc.assert(fc.property(fc.array(fc.record({ step: fc.constantFrom(...protocol.steps.map((one) => one.key), 'made-up'), role: fc.constantFrom<'coach' | 'manager' | 'editor'>('coach', 'manager', 'editor'), met: fc.boolean(), days: fc.integer({ min: -5, max: 5 }) }), { maxLength: 40 }), (tries) => {
      let now = standing({ since: '2026-02-20' });
      for (const one of tries) {
        const effectiveOn = addDays(now.since, one.days);
        const verdict = judge(protocol, now, attempt({ step: one.step, role: one.role, effectiveOn, reason: one.step === 'leave' ? 'moved' : 'not-wanted' }), one.met ? full : new Map());
        if (!verdict.allowed) continue;
        const to = protocol.steps.find((known) => known.key === one.step)!.to;
        expect(edges.has(`${now.stage} ${to}`)).toBe(true);
        expect(effectiveOn >= now.since && effectiveOn <= TODAY).toBe(true);
        const end = protocol.stages.find((known) => known.key === to)!.end;
        now = standing({ stage: to, since: effectiveOn, closed: end === 'exit' });
      }
    }));
  });
});

describe('publication', () => {
  const codes = (document: unknown, kinds: string[] | null = null): string[] => findingsOf(document, kinds && new Set(kinds)).map((one) => one.code);

  it('finds nothing against a sound protocol', () => expect(codes(protocol)).toEqual([]));
  it.each<[string, (sound: Protocol) => unknown]>([
    ['shape', () => ({ pathway: 'orientation' })],
    ['shape', (one) => ({ ...one, title: { fr: 'x', en: 'x' } })],
    ['stage-twice', (one) => ({ ...one, stages: [...one.stages, stage('waiting')] })],
    ['step-twice', (one) => ({ ...one, steps: [...one.steps, step('wait', ['admitted'], 'working')] })],
    ['requirement-twice', (one) => ({ ...one, steps: [...one.steps, step('again', ['admitted'], 'working', [requirement('x'), requirement('x')])] })],
    ['unknown-stage', (one) => ({ ...one, steps: [...one.steps, step('lost', ['admitted'], 'nowhere')] })],
    ['unreachable', (one) => ({ ...one, stages: [...one.stages, stage('island')], steps: [...one.steps, step('off', ['island'], 'done')] })],
    ['dead-end', (one) => ({ ...one, stages: [...one.stages, stage('pit')], steps: [...one.steps, step('fall', ['admitted'], 'pit')] })],
    ['no-way-out', (one) => ({ ...one, stages: [...one.stages, stage('a1'), stage('a2')], steps: [...one.steps, step('in', ['admitted'], 'a1'), step('round', ['a1'], 'a2'), step('and-round', ['a2'], 'a1')] })],
    ['nobody-may', (one) => ({ ...one, steps: [...one.steps, step('ghost', ['admitted'], 'working', [], { by: [] })] })],
    ['consent-on-a-gate', (one) => ({ ...one, steps: one.steps.map((known) => (known.key === 'admit' ? { ...known, requires: [...known.requires, requirement('c', 'consent', { purpose: 'photo' })] } : known)) })],
    ['consent-on-a-gate', (one) => ({ ...one, steps: [...one.steps, step('pay', ['working'], 'done', [requirement('c', 'consent'), requirement('g', 'grant')])] })],
    ['leaves-an-end', (one) => ({ ...one, steps: [...one.steps, step('back', ['left'], 'admitted')] })],
    ['first-is-an-end', (one) => ({ ...one, stages: [{ ...one.stages[0]!, end: 'success' }, ...one.stages.slice(1)] })],
    ['more-than-there-is', (one) => ({ ...one, steps: [...one.steps, step('all', ['admitted'], 'working', [requirement('a', 'attendance', { share: 1.2 })])] })],
    ['bad-params', (one) => ({ ...one, steps: [...one.steps, step('half', ['admitted'], 'working', [requirement('a', 'activities', { count: 0.5 })])] })],
  ])('says %s', (code, spoil) => expect(codes(spoil(smallProtocol()))).toContain(code));

  it('says which requirements could never be met, whatever is done', () => {
    expect(findingsOf(protocol, null, (one) => one.key !== 'meeting').map(({ code, at, values }) => [code, at, values])).toEqual([['nobody-can-meet', 'begin', { requirement: 'meeting' }]]);
  });

  it('does not publish an approval that nobody can give', () => {
    const approved = { ...protocol, steps: protocol.steps.map((one) => (one.key === 'begin' ? { ...one, approval: 'manager' as const } : one)) };
    expect(codes(approved, ['identity', 'informed', 'activities'])).toEqual(['kind-not-registered']);
    expect(codes(approved, ['identity', 'informed', 'activities', 'approval'])).toEqual([]);
  });

  it('says which kinds nobody can judge yet', () => {
    expect(codes(protocol, ['identity', 'informed'])).toEqual(['kind-not-registered']);
    expect(codes(protocol, ['identity', 'informed', 'activities'])).toEqual([]);
  });

  it('never throws, and what it accepts has every stage within reach and a way out', () => {
    // Mostly a chain to an exit with a few steps astray, so that sound ones come often enough to say something.
    const names = ['a', 'b', 'c', 'd', 'e'];
    const documents = fc.record({
      length: fc.integer({ min: 2, max: 5 }), ends: fc.array(fc.constantFrom('success' as const, undefined, undefined), { minLength: 5, maxLength: 5 }),
      chained: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), astray: fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 5 })), { maxLength: 4 }),
    }).map(({ length, ends, chained, astray }) => smallProtocol({
      stages: names.slice(0, length).map((key, at) => stage(key, at === length - 1 ? { end: 'exit' } : ends[at] ? { end: ends[at] } : {})),
      steps: [
        ...names.slice(0, length - 1).flatMap((key, at) => (chained[at] || at % 2 === 0 ? [step(`chain-${key}`, [key], names[at + 1]!)] : [])),
        ...astray.map(([from, to], at) => step(`astray-${at}`, [names[from]!], names[to] ?? 'f')),
      ],
    }));
    let accepted = 0;
    let refused = 0;
    fc.assert(fc.property(documents, (document) => {
      if (findingsOf(document, null).length > 0) {
        refused += 1;
        return;
      }
      accepted += 1;
      const reach = (from: string): Set<string> => {
        const seen = new Set([from]);
        for (const one of seen) for (const next of stepsFrom(document, one)) seen.add(next.to);
        return seen;
      };
      expect(reach(document.stages[0]!.key).size).toBe(document.stages.length);
      for (const one of document.stages) expect([...reach(one.key)].some((key) => document.stages.find((known) => known.key === key)!.end)).toBe(true);
    }), { numRuns: 5_000 });
    expect(Math.min(accepted, refused)).toBeGreaterThan(100);
    fc.assert(fc.property(fc.anything(), (anything) => { findingsOf(anything, null); }));
  });

  it('hashes the rules and not their spelling', () => {
    const turned = Object.fromEntries(Object.entries(protocol).reverse()) as unknown as Protocol;
    expect(hashOf(turned)).toBe(hashOf(protocol));
    expect(hashOf({ ...protocol, version: 2 })).not.toBe(hashOf(protocol));
  });
});
