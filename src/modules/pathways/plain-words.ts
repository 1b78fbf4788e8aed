import { stageOf, stepOf, type ParamValue, type Protocol, type Said, type Within } from './protocol';
import type { Finding } from './publication';

interface RequirementShown {
  title: Said;
  kind: string;
  count: number | null;
}
interface StepShown {
  key: string;
  title: Said;
  toTitle: Said;
  by: readonly string[];
  isOnItsOwn: boolean;
  requires: RequirementShown[];
  reasons: { title: Said }[];
  opens: { title: Said; length: LengthShown }[];
  deviation: readonly string[];
  approval: string | null;
}
export interface FindingShown {
  /** The end of the key of its words. */
  code: string;
  at: Said | null;
  key: string;
  values: Record<string, string | Said>;
}
export interface LengthShown {
  unit: 'days' | 'weeks' | 'months';
  n: number;
}
export interface StageShown {
  key: string;
  number: number;
  title: Said;
  purpose: Said;
  within: LengthShown | null;
  end: string | null;
  aside: boolean;
  steps: StepShown[];
}

/** A protocol as a page for people: its stages in order, what leads on from each, and on which conditions. */
export function inPlainWords(protocol: Protocol): { title: Said; summary: Said; stages: StageShown[]; ends: StageShown[] } {
  const shown = protocol.stages.map((stage, index): StageShown => ({
    key: stage.key, number: index + 1, title: stage.title, purpose: stage.purpose, within: lengthOf(stage.within), end: stage.end ?? null, aside: stage.aside ?? false,
    steps: protocol.steps.filter((step) => step.from.includes(stage.key)).map((step): StepShown => ({
      key: step.key, title: step.title, toTitle: stageOf(protocol, step.to)?.title ?? { fr: step.to, es: step.to, en: step.to }, by: step.by, isOnItsOwn: step.on !== undefined,
      requires: step.requires.map(({ title, kind, params }) => ({ title, kind, count: countOf(title, params) })),
      reasons: step.reasons ?? [], opens: (step.opens ?? []).map((task) => ({ title: task.title, length: lengthOf(task.within)! })), deviation: step.deviation ?? [], approval: step.approval ?? null,
    })),
  }));
  return { title: protocol.title, summary: protocol.summary, stages: shown.filter((stage) => !stage.end), ends: shown.filter((stage) => stage.end) };
}

/** What speaks against publishing, by the titles of what it is about; the keys of the document stand beside them. */
export function findingShown(protocol: Protocol, { code, at, values }: Finding): FindingShown {
  const step = stepOf(protocol, at);
  const requirement = step?.requires.find((one) => one.key === values.requirement);
  const isApproval = values.kind === 'approval' && !requirement;
  return {
    code: isApproval ? 'approval-not-registered' : code, at: step?.title ?? stageOf(protocol, at)?.title ?? null, key: [at, values.requirement, values.stage].filter(Boolean).join(' · '),
    values: { ...values, ...(values.requirement ? { requirement: requirement?.title ?? values.requirement } : {}), ...(values.stage ? { stage: stageOf(protocol, values.stage)?.title ?? values.stage } : {}) },
  };
}

/** How many it takes, where it takes several and its title does not say so. */
function countOf(title: Said, params: Record<string, ParamValue> | undefined): number | null {
  const count = params?.count;
  return typeof count === 'number' && count > 1 && !title.fr.includes(String(count)) ? count : null;
}

function lengthOf(within: Within | undefined): LengthShown | null {
  if (!within) return null;
  if (within.months !== undefined) return { unit: 'months', n: within.months };
  return within.weeks !== undefined ? { unit: 'weeks', n: within.weeks } : { unit: 'days', n: within.days ?? 0 };
}
