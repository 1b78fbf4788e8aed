import type { MembershipRole } from '../../src/platform/access/actor';
import type { Kind, Protocol, Requirement, Said, Stage, Step } from '../../src/modules/pathways/protocol';

const said = (text: string): Said => ({ fr: text, es: text, en: text });
export const stage = (key: string, more: Partial<Stage> = {}): Stage => ({ key, title: said(key), purpose: said(key), ...more });
export const requirement = (key: string, kind: Kind = 'identity', params?: Requirement['params']): Requirement => ({ key, kind, title: said(key), ...(params ? { params } : {}) });
export const step = (key: string, from: string[], to: string, requires: Requirement[] = [], more: Partial<Step> = {}): Step =>
  ({ key, from, to, title: said(key), by: ['coach', 'manager'] as MembershipRole[], requires, ...more });

/** Five stages, a loop, a deviation and a step of managers only: small enough to read, rich enough to go wrong. */
export function smallProtocol(more: Partial<Protocol> = {}): Protocol {
  return {
    pathway: 'orientation', version: 1, title: said('small'), summary: said('small'),
    stages: [stage('referred', { within: { days: 15 } }), stage('waiting', { aside: true }), stage('admitted', { admits: true, within: { days: 30 } }), stage('working', {}), stage('done', { end: 'success' }), stage('left', { end: 'exit' })],
    steps: [
      step('wait', ['referred'], 'waiting'),
      step('admit', ['referred', 'waiting'], 'admitted', [requirement('identity'), requirement('informed', 'informed')], { deviation: ['manager'] }),
      step('begin', ['admitted'], 'working', [requirement('meeting', 'activities', { count: 1 })], { opens: [{ key: 'meeting', title: said('meeting'), within: { days: 15 }, forWhom: 'coach' }] }),
      step('return', ['working', 'done'], 'admitted'),
      step('finish', ['working'], 'done', [requirement('identity')], { by: ['manager'] }),
      step('leave', ['admitted', 'working'], 'left', [], { reasons: [{ key: 'moved', title: said('moved') }] }),
      step('decline', ['referred', 'waiting'], 'left', [], { reasons: [{ key: 'not-wanted', title: said('not wanted') }] }),
    ],
    ...more,
  };
}
