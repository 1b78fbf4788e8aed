/**
 * The sections of the vocational profile. They cover what orientation asks for (interests, abilities, barriers, supports, family if the person wants) and
 * what a search for work needs beside it.
 */
export const SECTIONS = ['work-wanted', 'interests', 'abilities', 'experience', 'training', 'conditions', 'supports', 'family', 'barriers', 'tasks-to-avoid'] as const;
export type Section = (typeof SECTIONS)[number];
