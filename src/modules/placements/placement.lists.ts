/** Ordinary: open to anyone, on the labour market. Sheltered work is no employment for some funders: each figure says which settings it counts. */
export const SETTINGS = ['ordinary', 'adapted', 'sheltered', 'own-account', 'family'] as const;
export type Setting = (typeof SETTINGS)[number];
export const CONTRACTS = ['permanent', 'fixed', 'agency', 'apprenticeship', 'public', 'seasonal', 'daily', 'none-written', 'own-account'] as const;
export type Contract = (typeof CONTRACTS)[number];
export const WAGE_PERIODS = ['hour', 'day', 'week', 'month', 'year'] as const;
export type WagePeriod = (typeof WAGE_PERIODS)[number];
export const FOUND_BY = ['person', 'coach', 'family', 'public-employment-service', 'advertisement', 'employer', 'already-there', 'other'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

export const END_PRECISIONS = ['exact', 'month', 'interval'] as const;
export type EndPrecision = (typeof END_PRECISIONS)[number];
export const END_BY = ['worker', 'employer', 'both', 'term', 'unknown'] as const;
export type EndBy = (typeof END_BY)[number];
export const END_REASONS = [
  'trial-ended', 'term', 'better-job', 'conditions', 'accommodation', 'health', 'conflict', 'transport', 'care', 'economic', 'closure', 'retirement', 'death', 'unknown',
] as const;
export type EndReason = (typeof END_REASONS)[number];

export const EVIDENCE_ABOUT = ['first-day', 'presence', 'end'] as const;
export type EvidenceAbout = (typeof EVIDENCE_ABOUT)[number];
export const EVIDENCE_KINDS = ['contract', 'payslip', 'declaration', 'certificate', 'employer-word', 'worker-word', 'coach-word'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];
/** From the weakest to the strongest. */
export const LEVELS = ['coach', 'worker', 'employer', 'document'] as const;
export type Level = (typeof LEVELS)[number];

/** How much a piece of evidence shows. A paper that is not there to be seen is the word of whoever says that they saw it. */
export function levelOf(kind: EvidenceKind, hasFile: boolean): Level {
  if (hasFile) return 'document';
  return kind === 'employer-word' ? 'employer' : kind === 'worker-word' ? 'worker' : 'coach';
}

export const ACTS = ['planned', 'started', 'first-day-corrected', 'changed', 'never-started', 'ended', 'reopened', 'annulled', 'evidence-removed'] as const;
export type Act = (typeof ACTS)[number];
export type State = 'planned' | 'running' | 'ended' | 'never-started' | 'annulled';
