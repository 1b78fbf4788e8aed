/** One wrong field of a command, where it stands and what is wrong with it. */
export interface FieldFault {
  path: string;
  code: string;
  values: Values;
}

/** Values that a message may show; what a protocol says, in three languages. Never health, never a password. */
export type Values = Record<string, string | number | boolean | null | { fr: string; es: string; en: string }>;

/**
 * What the product refuses, by name (RFC 9457). The code is the key of its words: `problem.<code>`.
 * `given` holds what an edit lost against: both values, shown to the two people.
 */
export class Problem extends Error {
  /** Done after the rollback, before the refusal is told: it shows what nobody may read without a trace. */
  first: (() => Promise<void>) | null = null;
  /** The row that an edit lost against, and what was to be written: all columns, so never told as it is. */
  row: { now: Record<string, unknown>; sent: Record<string, unknown> } | null = null;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly values: Values = {},
    readonly fields: FieldFault[] = [],
    readonly details: Record<string, unknown> = {},
  ) {
    super(code);
  }

  /** What whoever sent a command with these fields is told beside the words; of a row, what differs. */
  detailsFor(fields: readonly string[]): Record<string, unknown> {
    if (!this.row) return this.details;
    const { now, sent } = this.row;
    const differing = fields.filter((name) => name !== 'version' && name in sent && JSON.stringify(now[name] ?? null) !== JSON.stringify(sent[name] ?? null));
    const of = (values: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(differing.map((name) => [name, values[name] ?? null]));
    return { ...this.details, now: of(now), sent: of(sent) };
  }
}

/** 404: not there, or not for this actor; nobody can tell which. */
export function notFound(): Problem {
  return new Problem(404, 'not-found');
}

/** 403: this role does not do this kind of thing. */
export function forbidden(right: string): Problem {
  return new Problem(403, 'forbidden', { right });
}

/** 409: the state of the thing does not allow it. */
export function conflict(code: string, values: Values = {}, details: Record<string, unknown> = {}): Problem {
  return new Problem(409, code, values, [], details);
}

/** 422: the input makes no sense; `fields` names where. */
export function unprocessable(code: string, values: Values = {}, fields: FieldFault[] = []): Problem {
  return new Problem(422, code, values, fields);
}

/** 422 on one field of the command. */
export function wrongField(path: string, code: string, values: Values = {}): Problem {
  return new Problem(422, 'invalid', { count: 1 }, [{ path, code, values }]);
}

/** Refuses with all these faults at once, or goes on where there is none. @throws Problem 422 */
export function refuse(faults: readonly FieldFault[]): void {
  if (faults.length) throw new Problem(422, 'invalid', { count: faults.length }, [...faults]);
}

/** What checks that refuse one by one find wrong with fields, all of it. What is refused otherwise than by a field stands alone. */
export function faultsIn(...checks: (() => void)[]): FieldFault[] {
  return checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (refused) {
      if (refused instanceof Problem && refused.code === 'invalid') return refused.fields;
      throw refused;
    }
  });
}

/** The same, told in one answer: whoever mends a form sees everything that is wrong with it. */
export function refuseTogether(...checks: (() => void)[]): void {
  refuse(faultsIn(...checks));
}

/** 422 on a list of which nothing was chosen: `required`, whose words then ask to choose. */
export function notChosen(path: string): Problem {
  return wrongField(path, 'required', { choose: true });
}

/** The key of a fault's words: what is chosen from a list is not filled in. */
export function faultWords({ code, values }: FieldFault): string {
  return `field.${code === 'required' && values.choose ? 'choose' : code}`;
}

/** 409: somebody changed it meanwhile. Shows what is there now beside what was sent. */
export function editedMeanwhile(now: Record<string, unknown>, sent: Record<string, unknown>, version: number): Problem {
  return new Problem(409, 'edited-meanwhile', {}, [], { now, sent, version });
}

/** The same of a row as it is stored, under the names that commands have for its columns: of it only the fields of the command are told. */
export function rowEdited(now: Record<string, unknown>, sent: Record<string, unknown>, version: number): Problem {
  const problem = editedMeanwhile({}, {}, version);
  problem.row = { now, sent };
  return problem;
}
