import type { Pathway } from '../pathways';

export const PLAN_KINDS = ['search', 'action', 'support', 'business', 'financing'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** The plans of each pathway, the usual one first. */
export const KINDS_OF: Record<Pathway, readonly PlanKind[]> = {
  'employment-advice': ['search', 'support', 'action'],
  orientation: ['action', 'support'],
  entrepreneurship: ['business', 'financing', 'action', 'support'],
};

/** Who does an action. */
export const WHO = ['person', 'coach', 'employer', 'other'] as const;
export type Who = (typeof WHO)[number];

export const GOAL_STATES = ['current', 'reached', 'dropped'] as const;
export type GoalState = (typeof GOAL_STATES)[number];
export const ACTION_STATES = ['open', 'done', 'dropped'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

export const RELATIONS = ['tutor', 'colleague', 'management', 'family', 'friend', 'other'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Months ahead to which a review or an action may be dated: what lies further is not followed by anybody. */
export const REVIEW_MONTHS = 12;
export const ACTION_MONTHS = 24;
