/** Limits of sessions, links, tokens and sign-ins, in one place. Milliseconds unless a name says otherwise. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const SESSION = { idle: 30 * MINUTE, absolute: 9 * HOUR, touch: MINUTE, most: 5 } as const;
/** A first password may wait over a weekend; a reset is asked for now. */
export const LINK = { first: 72 * HOUR, reset: 30 * MINUTE } as const;
export const TOKEN = { longest: 365 } as const;
export const KNOWN_BROWSER = 90 * DAY;
export const PASSWORD = { shortest: 15, longest: 128 } as const;
/** Ten failures in a quarter of an hour, then one, two, four … seconds up to a quarter of an hour. Thirty for one origin, where a whole office may sit. */
export const ATTEMPTS = { window: 15 * MINUTE, account: 10, origin: 30, longest: 15 * MINUTE } as const;
/** How long sessions, tokens and links are kept after their end, and how often what is older is looked for. */
export const PURGE = { after: 7 * DAY, pause: HOUR, batch: 1_000 } as const;
