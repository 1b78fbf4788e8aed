/** Administrative recognitions, by the country that grants them. Words: `participants.scheme.<key>`. `none` says that the person has been asked and has none. */
const SCHEMES: Record<string, readonly string[]> = {
  FR: ['rqth', 'aah', 'mdph-work', 'mdph-esat', 'invalidity-pension', 'mobility-card'],
  PE: ['conadis-card', 'disability-certificate'],
  ML: ['disability-card'],
};

/** The schemes that a service of this country records, the general ones last. */
export function schemesOf(country: string): readonly string[] {
  return [...(SCHEMES[country] ?? []), 'other', 'none'];
}

export const ALL_SCHEMES: readonly string[] = [...Object.values(SCHEMES).flat(), 'other', 'none'];

export const RECOGNITION_STATES = ['granted', 'asked', 'refused', 'none'] as const;
export type RecognitionState = (typeof RECOGNITION_STATES)[number];

/** Months before the end at which the coach is told. */
export const ALERTS = [6, 3, 1] as const;
