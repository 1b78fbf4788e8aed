/** The closed lists of a person's record. */
export const GENDERS = ['female', 'male', 'x', 'undisclosed'] as const;
export const DOCUMENT_KINDS = ['national-id', 'passport', 'residence-permit', 'birth-certificate', 'other', 'none'] as const;
/** As it stands in a file: of who came with a register nobody has asked yet. */
export type DocumentKind = (typeof DOCUMENT_KINDS)[number] | 'not-asked';
export const CHANNELS = ['call', 'sms', 'message', 'mail', 'letter', 'visit'] as const;
export const PHONE_OWNERS = ['self', 'family', 'neighbour', 'other'] as const;
/** What a person reads, hears or sees best. */
export const FORMATS = ['plain', 'easy-read', 'read-aloud', 'audio', 'sign', 'large-print', 'braille', 'pictures'] as const;
/** ISO 639 codes, and the two sign languages of the field. */
export const SPOKEN = ['fr', 'es', 'en', 'pt', 'ar', 'bm', 'ff', 'snk', 'son', 'qu', 'ay', 'lsf', 'lsp', 'other'] as const;
