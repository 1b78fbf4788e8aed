import { requirement, smallProtocol, stage, step } from '../../../test/pathways/small-protocol';
import type { Protocol } from './protocol';
import { findingsOf } from './publication';
import { weightAt } from './views';
import { PROTOCOL_SCHEMA } from './schema';

const TAKE_STEPS = ['coach', 'manager'];
const found = (document: unknown): [string, string][] => findingsOf(document, null, () => true, (role) => TAKE_STEPS.includes(role)).map(({ code, at }) => [code, at]);
const sound = smallProtocol();
const and = (...steps: Protocol['steps']): Protocol => ({ ...sound, steps: [...sound.steps, ...steps] });
const pit = (...steps: Protocol['steps']): Protocol => ({ ...and(step('fall', ['working'], 'pit'), ...steps), stages: [...sound.stages, stage('pit')] });

describe('a document that speaks to the machine', () => {
  it.each<[string, Protocol, string]>([
    ['stage', { ...and(step('on', ['working'], 'constructor'), step('off', ['constructor'], 'done')), stages: [...sound.stages, stage('constructor')] }, 'constructor'],
    ['step', and(step('constructor', ['working'], 'done')), 'constructor'],
    ['condition', and(step('on', ['working'], 'done', [requirement('constructor')])), 'on'],
    ['reason', and(step('on', ['working'], 'done', [], { reasons: [{ key: 'constructor', title: sound.title }] })), 'on'],
    ['task', and(step('on', ['working'], 'done', [], { opens: [{ key: 'constructor', title: sound.title, within: { days: 1 }, forWhom: 'coach' }] })), 'on'],
  ])('bears no name of the language as a %s', (_, document, at) => expect(found(document)).toEqual([['reserved-name', at]]));

  it('weighs what any other stage does, whatever its name', () => expect(weightAt('constructor')).toBe(1));

  it.each(['turned \u202e round', 'escaped \u001b[31m', 'rings \u0007', 'ends \u0000', 'half \ud800', '  ', '\u200b'])('says nothing in signs that no field lets in: %j', (text) => {
    expect(found({ ...sound, title: { ...sound.title, es: text } })).toEqual([['shape', '/title/es']]);
    expect(found(and(step('on', ['working'], 'done', [requirement('c', 'consent', { purpose: text })])))).toContainEqual(['shape', '/steps/7/requires/0/params/purpose']);
  });

  it('says its text in several lines', () => expect(found({ ...sound, summary: { fr: 'a\nb', es: 'a\nb', en: 'a\nb' } })).toEqual([]));

  it('is refused where a list is longer than any protocol needs', () => {
    const many = Array.from({ length: 60_000 }, (_, index) => `r${index}`);
    expect(found({ ...sound, steps: [{ ...sound.steps[0], by: many, from: many }] })).toEqual(expect.arrayContaining([['shape', '/steps/0/from'], ['shape', '/steps/0/by']]));
  });

  it('has no list whose items are compared each with each: repetitions are looked up, which Ajv does for text alone', () => {
    const lists: unknown[] = [];
    JSON.stringify(PROTOCOL_SCHEMA, (_, node: unknown) => {
      if (typeof node === 'object' && node !== null && 'uniqueItems' in node) lists.push((node as unknown as { items: { type?: string } }).items.type);
      return node;
    });
    expect(new Set(lists)).toEqual(new Set(['string']));
  });
});

describe('a document that leaves people where they stand', () => {
  it.each<[string, Partial<Protocol['steps'][number]>, [string, string][]]>([
    ['roles that take no steps', { by: ['cashier', 'participant'] }, [['dead-end', 'pit'], ['nobody-may', 'climb']]],
    ['nobody', { by: [] }, [['dead-end', 'pit'], ['nobody-may', 'climb']]],
    ['what never happens', { by: [], on: 'nothing-ever' }, [['dead-end', 'pit'], ['unknown-happening', 'climb']]],
    ['what may happen, or not', { by: [], on: 'placement-ended' }, [['dead-end', 'pit']]],
    ['a coach, where nothing ever happens', { by: ['coach'], on: 'nothing-ever' }, [['unknown-happening', 'climb']]],
    ['a coach, and what may happen', { by: ['coach', 'cashier'], on: 'placement-ended' }, []],
  ])('by %s', (_, more, expected) => expect(found(pit(step('climb', ['pit'], 'left', [], more)))).toEqual(expected));

  it('whose ways out are all somebody else\'s goes round for ever', () => {
    expect(found(pit(step('climb', ['pit'], 'left', [], { by: ['cashier'] }), step('stay', ['pit'], 'pit')))).toEqual([['no-way-out', 'pit'], ['nobody-may', 'climb']]);
  });
});

describe('a refusal before admission', () => {
  const declines = (more: Partial<Protocol['steps'][number]>): Protocol => ({ ...and(step('refuse', ['referred'], 'refused', [], more)), stages: [...sound.stages, stage('refused', { end: 'exit', declines: true })] });

  it('has a reason of a list', () => {
    expect(found(declines({}))).toEqual([['decline-without-reason', 'refuse']]);
    expect(found(declines({ reasons: [{ key: 'elsewhere', title: sound.title }] }))).toEqual([]);
  });

  it('has a list that is not empty: no reason of it could be given', () => expect(found(declines({ reasons: [] }))).toEqual([['shape', '/steps/7/reasons']]));
});
