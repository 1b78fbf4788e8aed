export const SIDES = ['worker', 'employer'] as const;
export const STATUSES = ['at-work', 'absent', 'elsewhere', 'self-employed', 'training', 'not-in-work', 'unknown', 'refused', 'deceased'] as const;
export const CHANNELS = ['call', 'in-person', 'message', 'paper', 'link', 'document'] as const;
/** Ways in which somebody may be tried. */
export const TRIED = ['call', 'in-person', 'message', 'paper', 'link'] as const;
export const LEVELS = ['coach', 'worker', 'employer', 'document'] as const;
export const ABSENT_WHY = ['sick', 'parental', 'suspended', 'season', 'other'] as const;
export type Side = (typeof SIDES)[number];
export type Status = (typeof STATUSES)[number];
export type Channel = (typeof CHANNELS)[number];
export type Tried = (typeof TRIED)[number];
export type Level = (typeof LEVELS)[number];
export type AbsentWhy = (typeof ABSENT_WHY)[number];

/** What an employer may know of: whether the person is still there. */
export const EMPLOYER_STATUSES: readonly Status[] = ['at-work', 'absent', 'not-in-work', 'unknown', 'refused'];
/** The person has the job on that day: an absence within the contract counts as kept. */
export const RETAINED: readonly Status[] = ['at-work', 'absent'];
/** At work of any kind, on contract or on one's own account. */
export const IN_WORK: readonly Status[] = ['at-work', 'absent', 'elsewhere', 'self-employed'];
/** What is better at work than at the entry, as EECR06 counts it; a higher wage alone is none of it. `none`: nothing of it. */
export const CHANGES = ['stable', 'full', 'skilled', 'responsible', 'promoted', 'none'] as const;
export type Change = (typeof CHANGES)[number];

/** Attempts after which a situation may be said to be unknown (the protocol's number). */
export const UNKNOWN_AFTER = 3;
/** Bytes of a paper that comes with an answer. */
export const LARGEST_PAPER = 10_485_760;
