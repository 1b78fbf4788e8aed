import type { MembershipRole } from '../../platform/access/actor';
import { isProtocol, shapeFaults } from './schema';
import { firstStage, HAPPENINGS, stageOf, type Kind, type Protocol, type Requirement, type Step } from './protocol';

/** Why a document is not published. `code` is the key of its words: `pathways.finding.<code>`. */
export interface Finding {
  code:
    | 'shape' | 'reserved-name' | 'stage-twice' | 'step-twice' | 'requirement-twice' | 'unknown-stage' | 'first-is-an-end' | 'leaves-an-end' | 'unreachable' | 'dead-end' | 'no-way-out'
    | 'nobody-may' | 'unknown-happening' | 'decline-without-reason' | 'approval-of-own-kind' | 'consent-on-a-gate' | 'kind-not-registered' | 'nobody-can-meet' | 'more-than-there-is' | 'bad-params' | 'no-exit';
  /** Where: the key of a stage or a step, or a path in the document. */
  at: string;
  values: Record<string, string>;
}

/** Steps on which a consent may never stand: admission, a job, a selection, money. Recognised by what they require and by where they lead. */
const GATES: readonly Kind[] = ['first-day-worked', 'selection', 'grant', 'disbursed'];
const GATED_STAGES: readonly string[] = ['hired', 'sustaining', 'agreed', 'financed'];

/**
 * Everything that speaks against publishing a document: its shape first, then what it would do to people.
 * @param registered the kinds of requirement that some module can tell the facts of; `null` judges the document alone
 * @param accepts whether the module that knows the kind could ever say that this one, with its parameters, is met
 * @param mayTake whether a role takes steps at all
 */
export function findingsOf(
  document: unknown, registered: ReadonlySet<string> | null, accepts: (requirement: Requirement) => boolean = () => true, mayTake: (role: MembershipRole) => boolean = () => true,
): Finding[] {
  const shape = shapeFaults(document);
  if (shape.length > 0 || !isProtocol(document)) return shape.map(({ at, ...values }) => ({ code: 'shape', at, values }));
  const named = [...reserved(document), ...twice(document)];
  const unknown = unknownStages(document);
  // The graph makes sense only once its names do.
  if (named.length + unknown.length > 0) return [...named, ...unknown];
  const byHand = (step: Step): boolean => step.by.some(mayTake);
  return [...graph(document, byHand), ...rules(document, byHand), ...kinds(document, registered, accepts)];
}

/** Names that every object of the language bears already. */
function reserved(protocol: Protocol): Finding[] {
  const of = (at: string, keys: string[]): Finding[] => keys.filter((key) => key in {}).map((name) => ({ code: 'reserved-name', at, values: { name } }));
  return [
    ...protocol.stages.flatMap(({ key }) => of(key, [key])),
    ...protocol.steps.flatMap(({ key, requires, reasons = [], opens = [] }) => of(key, [key, ...[...requires, ...reasons, ...opens].map((one) => one.key)])),
  ];
}

function twice(protocol: Protocol): Finding[] {
  const found: Finding[] = [];
  for (const at of repeated(protocol.stages.map((stage) => stage.key))) found.push({ code: 'stage-twice', at, values: {} });
  for (const at of repeated(protocol.steps.map((step) => step.key))) found.push({ code: 'step-twice', at, values: {} });
  for (const step of protocol.steps) {
    for (const key of repeated(step.requires.map((one) => one.key))) found.push({ code: 'requirement-twice', at: step.key, values: { requirement: key } });
  }
  return found;
}

function repeated(keys: string[]): string[] {
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
}

function unknownStages(protocol: Protocol): Finding[] {
  const known = new Set(protocol.stages.map((stage) => stage.key));
  return protocol.steps.flatMap((step) => [...step.from, step.to].filter((stage) => !known.has(stage)).map((stage): Finding => ({ code: 'unknown-stage', at: step.key, values: { stage } })));
}

/** A stage is left by hand: nobody waits for what may be told late, or never. */
function graph(protocol: Protocol, byHand: (step: Step) => boolean): Finding[] {
  const found: Finding[] = [];
  const ends = new Set(protocol.stages.filter((stage) => stage.end).map((stage) => stage.key));
  const first = firstStage(protocol);
  if (first.end) found.push({ code: 'first-is-an-end', at: first.key, values: {} });
  if (!protocol.stages.some((stage) => stage.end === 'exit')) found.push({ code: 'no-exit', at: first.key, values: {} });
  const onward = (stage: string): string[] => protocol.steps.filter((step) => step.from.includes(stage)).map((step) => step.to);
  const backward = (stage: string): string[] => protocol.steps.filter((step) => step.to === stage && byHand(step)).flatMap((step) => step.from);
  const reached = walk([first.key], onward);
  const leaving = walk([...ends], backward);
  for (const { key, end } of protocol.stages) {
    if (!reached.has(key)) found.push({ code: 'unreachable', at: key, values: {} });
    if (end) continue;
    if (!protocol.steps.some((step) => step.from.includes(key) && byHand(step))) found.push({ code: 'dead-end', at: key, values: {} });
    else if (!leaving.has(key)) found.push({ code: 'no-way-out', at: key, values: {} });
  }
  // From a success one may come back (support again); from an exit nobody does: a new enrolment begins.
  for (const step of protocol.steps) {
    for (const from of step.from) if (protocol.stages.find((stage) => stage.key === from)?.end === 'exit') found.push({ code: 'leaves-an-end', at: step.key, values: { stage: from } });
  }
  return found;
}

function walk(from: string[], next: (stage: string) => string[]): Set<string> {
  const seen = new Set(from);
  const open = [...from];
  while (open.length > 0) {
    for (const stage of next(open.pop()!)) {
      if (!seen.has(stage)) {
        seen.add(stage);
        open.push(stage);
      }
    }
  }
  return seen;
}

function rules(protocol: Protocol, byHand: (step: Step) => boolean): Finding[] {
  const found: Finding[] = [];
  for (const step of protocol.steps) {
    if (step.on && !HAPPENINGS.includes(step.on)) found.push({ code: 'unknown-happening', at: step.key, values: { happening: step.on } });
    else if (!byHand(step) && !step.on) found.push({ code: 'nobody-may', at: step.key, values: {} });
    if (stageOf(protocol, step.to)?.declines && !step.reasons) found.push({ code: 'decline-without-reason', at: step.key, values: {} });
    if (step.approval && step.by.length === 1 && step.by[0] === step.approval) found.push({ code: 'approval-of-own-kind', at: step.key, values: { role: step.approval } });
    if (isGate(protocol, step)) {
      for (const one of step.requires) if (one.kind === 'consent') found.push({ code: 'consent-on-a-gate', at: step.key, values: { requirement: one.key } });
    }
  }
  return found;
}

function isGate(protocol: Protocol, step: Step): boolean {
  return stageOf(protocol, step.to)?.admits === true || GATED_STAGES.includes(step.to) || step.requires.some((one) => GATES.includes(one.kind));
}

function kinds(protocol: Protocol, registered: ReadonlySet<string> | null, accepts: (requirement: Requirement) => boolean): Finding[] {
  const found: Finding[] = [];
  for (const step of protocol.steps) {
    if (step.approval && registered && !registered.has('approval')) found.push({ code: 'kind-not-registered', at: step.key, values: { requirement: 'approval', kind: 'approval' } });
    for (const requirement of step.requires) {
      const { key, kind, params = {} } = requirement;
      const { count, share } = params;
      if (count !== undefined && !(typeof count === 'number' && Number.isInteger(count) && count >= 1)) found.push({ code: 'bad-params', at: step.key, values: { requirement: key } });
      if (typeof share === 'number' && share > 1) found.push({ code: 'more-than-there-is', at: step.key, values: { requirement: key } });
      if (registered && !registered.has(kind)) found.push({ code: 'kind-not-registered', at: step.key, values: { requirement: key, kind } });
      else if (!accepts(requirement)) found.push({ code: 'nobody-can-meet', at: step.key, values: { requirement: key } });
    }
  }
  return found;
}

/** The rows by which the database itself checks a step: stages in order, steps from each of their stages. */
export function rowsOf(protocol: Protocol): {
  stages: { key: string; position: number; first: boolean; admits: boolean; ends: string | null }[];
  steps: { key: string; from: string; to: string; requires: string[]; takenBy: string[]; deviationBy: string[]; reasons: string[] }[];
} {
  return {
    stages: protocol.stages.map((stage, position) => ({ key: stage.key, position, first: position === 0, admits: stage.admits ?? false, ends: stage.end ?? null })),
    steps: protocol.steps.flatMap((step) => step.from.map((from) => ({
      key: step.key, from, to: step.to, requires: step.requires.map((one) => one.key), takenBy: [...step.by, ...(step.on ? ['system'] : [])], deviationBy: step.deviation ?? [],
      reasons: (step.reasons ?? []).map((one) => one.key),
    }))),
  };
}
