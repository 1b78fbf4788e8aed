import { wrongField, type Problem } from '../../platform/problem';

/** 422: a period that ends before it begins. */
export function endsBeforeItBegins(path = 'closesOn'): Problem {
  return wrongField(path, 'before-start');
}

/** 422: a key has small letters, digits and single dashes. */
export function notAKey(): Problem {
  return wrongField('key', 'not-a-key');
}

/** 422: a key names one thing alone, whoever may see it. */
export function keyTaken(): Problem {
  return wrongField('key', 'key-taken');
}

/** 422: two sites of a service are called the same; accents and capitals make no difference. */
export function siteNameTaken(): Problem {
  return wrongField('name', 'site-name-taken');
}

/** 422: what was named is not there. */
export function unknownChoice(path: string): Problem {
  return wrongField(path, 'not-in-list');
}

/** 422: an operation lies within its programme. */
export function outsideProgramme(path: string, opensOn: string, closesOn: string | null): Problem {
  return wrongField(path, 'outside-programme', { opensOn, closesOn });
}

/** 422: an operation or a service of the programme would lie outside it. */
export function partOutside(path: string, name: string): Problem {
  return wrongField(path, 'part-outside', { name });
}

/** 422: a service runs the programmes of its own federation. */
export function otherFederation(path: string): Problem {
  return wrongField(path, 'other-federation');
}
