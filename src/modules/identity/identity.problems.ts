import { conflict, forbidden, Problem, wrongField } from '../../platform/problem';

/** 401: the token is unknown, expired or revoked, or its user no longer has this place. */
export function tokenRefused(): Problem {
  return new Problem(401, 'token-refused');
}

/** 410: used before, too old, or never made; nobody can tell which. */
export function linkGone(): Problem {
  return new Problem(410, 'link-gone');
}

/** 403: a token cannot make what would outlive it. */
export function sessionNeeded(right: string): Problem {
  return new Problem(403, 'session-needed', forbidden(right).values);
}

export function notYourself(): Problem {
  return conflict('not-yourself');
}

/** 409: an act of one click on what has changed since it was shown. */
export function changedMeanwhile(): Problem {
  return conflict('changed-meanwhile');
}

/** 409: nobody would be left to open accounts. */
export function lastAdministrator(): Problem {
  return conflict('last-administrator');
}

export function membershipEnded(): Problem {
  return conflict('membership-ended');
}

/** 422: on some of these days this role is held at this place already. */
export function alreadyHeld(): Problem {
  return wrongField('role', 'already-held');
}

/** 429 with the seconds to wait. */
export function tooManyAttempts(seconds: number): Problem {
  return new Problem(429, 'too-many-attempts', { seconds });
}

export function wrongPassword(path: string): Problem {
  return wrongField(path, 'wrong-password');
}

export function unfitPassword(path: string, code: string): Problem {
  return wrongField(path, code, { min: 15 });
}

export function emailTaken(): Problem {
  return wrongField('email', 'taken');
}

export function scopeMissing(path: string): Problem {
  return wrongField(path, 'required');
}

/** 422: this role has no such place, or no share of time: taken in silence, who filled it in would think that it holds. */
export function notForRole(path: string): Problem {
  return wrongField(path, 'not-for-role');
}
