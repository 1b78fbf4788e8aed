import { Problem, unprocessable } from '../../platform/problem';

/** 503: what cannot be written down is not shown. */
export function auditUnavailable(): Problem {
  return new Problem(503, 'audit-unavailable');
}

/** 422: an export of the log that nobody could read. */
export function tooManyLines(max: number): Problem {
  return unprocessable('too-many-lines', { max });
}
