/** The texts that are said or shown before somebody answers. Their words: `participants.wording.<name>.<version>.*`; a change of text is a new version. */
export const INFORMATION_WORDING = '1';
/** What a person is told, part by part. */
export const INFORMATION_PARTS = ['what', 'why', 'who', 'rights'] as const;

/** Consent is asked only where a no costs nothing. Words: `participants.purpose.<key>`. */
export const PURPOSES = ['calls-after-exit', 'family', 'professionals', 'photo-story', 'research'] as const;
export type Purpose = (typeof PURPOSES)[number];
export const CONSENT_WORDINGS: Record<Purpose, string> = { 'calls-after-exit': '1', family: '1', professionals: '1', 'photo-story': '1', research: '1' };

export const WILLING = ['yes', 'no', 'later'] as const;
/** The person alone; with somebody who helps to understand; with the signature that law asks for in addition. Never somebody instead. */
export const GIVERS = ['self', 'self-with-support', 'self-and-legal'] as const;
/** Handwritten; a fingerprint or mark before a witness outside the service; a recorded voice; electronic. All equal. */
export const METHODS = ['handwritten', 'mark', 'voice', 'electronic'] as const;

export const MEASURE_KINDS = ['none', 'minor', 'assistance', 'representation', 'mandate', 'institution', 'support-person', 'other'] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];
/** Acts that a measure may cover. */
export const ACTS = ['consents', 'plan', 'agreement', 'disclosure', 'money'] as const;
export type Act = (typeof ACTS)[number];
