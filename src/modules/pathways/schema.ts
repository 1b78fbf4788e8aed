import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { ROLES } from '../../platform/access/actor';
import { isText } from '../../platform/web/fields';
import { KINDS, PATHWAYS, type Protocol } from './protocol';

const KEY = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,59}$' } as const;
// JSON writes any character as an escape: what no field lets in is refused here as well.
const TEXT = { type: 'string', minLength: 1, maxLength: 600, format: 'text' } as const;
const SAID = { type: 'object', additionalProperties: false, required: ['fr', 'es', 'en'], properties: { fr: TEXT, es: TEXT, en: TEXT } } as const;
const LENGTH = { type: 'integer', minimum: 1, maximum: 400 } as const;
const WITHIN = { type: 'object', additionalProperties: false, minProperties: 1, maxProperties: 1, properties: { days: LENGTH, weeks: LENGTH, months: LENGTH } } as const;
// Items are told to be text: then Ajv finds a repetition by looking it up; else it compares every two, and long lists stand still.
const BY = { type: 'array', items: { type: 'string', enum: [...ROLES] }, maxItems: ROLES.length, uniqueItems: true } as const;
const LIST = { type: 'array', items: { type: 'object', additionalProperties: false, required: ['key', 'title'], properties: { key: KEY, title: SAID } }, minItems: 1, maxItems: 40 } as const;
const PARAM = { type: 'string', maxLength: 100, format: 'text' } as const;

/** The shape of a protocol's document (JSON Schema). */
export const PROTOCOL_SCHEMA = {
  type: 'object', additionalProperties: false, required: ['pathway', 'version', 'title', 'summary', 'stages', 'steps'],
  properties: {
    pathway: { enum: [...PATHWAYS] },
    version: { type: 'integer', minimum: 1, maximum: 10_000 },
    title: SAID,
    summary: SAID,
    stages: {
      type: 'array', minItems: 2, maxItems: 40,
      items: {
        type: 'object', additionalProperties: false, required: ['key', 'title', 'purpose'],
        properties: { key: KEY, title: SAID, purpose: SAID, phase: { enum: ['a', 'b', 'c', 'd', 'paused'] }, within: WITHIN, end: { enum: ['success', 'exit'] }, aside: { type: 'boolean' }, admits: { type: 'boolean' }, declines: { type: 'boolean' } },
      },
    },
    steps: {
      type: 'array', minItems: 1, maxItems: 100,
      items: {
        type: 'object', additionalProperties: false, required: ['key', 'from', 'to', 'title', 'by', 'requires'],
        properties: {
          key: KEY, from: { type: 'array', items: KEY, minItems: 1, maxItems: 40, uniqueItems: true }, to: KEY, title: SAID, by: BY,
          on: KEY, approval: { enum: [...ROLES] }, deviation: BY,
          requires: {
            type: 'array', maxItems: 30,
            items: {
              type: 'object', additionalProperties: false, required: ['key', 'kind', 'title'],
              properties: {
                key: KEY, kind: { enum: [...KINDS] }, title: SAID,
                params: {
                  type: 'object', maxProperties: 20, propertyNames: { pattern: '^[a-z][A-Za-z]{0,40}$' },
                  additionalProperties: { anyOf: [PARAM, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: PARAM, maxItems: 50 }] },
                },
              },
            },
          },
          opens: {
            type: 'array', maxItems: 20,
            items: { type: 'object', additionalProperties: false, required: ['key', 'title', 'within', 'forWhom'], properties: { key: KEY, title: SAID, within: WITHIN, forWhom: { enum: ['coach', 'manager'] } } },
          },
          reasons: LIST,
        },
      },
    },
  },
} as const;

const compiled = (allErrors: boolean): ValidateFunction<Protocol> =>
  new Ajv({ allErrors, strict: true, allowUnionTypes: true, formats: { text: (value: string) => value === '' || isText(value) } }).compile<Protocol>(PROTOCOL_SCHEMA);
const validate = compiled(true);
const validateToFirst = compiled(false);

/** The places where a document is not a protocol, with the rule that each breaks and what the rule is about; empty when it is one. At most fifty. */
export function shapeFaults(document: unknown): { at: string; rule: string; what: string; message: string }[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).slice(0, 50).map((error: ErrorObject) => ({ at: error.instancePath || '/', rule: error.keyword, what: whatOf(error), message: error.message ?? error.keyword }));
}

/** What a rule names or counts: the property that is missing or not expected, the type, the values of a list, a limit. */
function whatOf({ params }: ErrorObject): string {
  const { missingProperty, additionalProperty, type, allowedValues, limit } = params as Partial<Record<string, string | number | unknown[]>>;
  const what = missingProperty ?? additionalProperty ?? type ?? allowedValues ?? limit ?? '';
  return Array.isArray(what) ? what.join(', ') : String(what);
}

/** A document as its editor reads it: keys in the order of the schema, whatever order the database gave back. */
export function asWritten(document: Protocol): string {
  return JSON.stringify(inOrder(document, PROTOCOL_SCHEMA), null, 2);
}

interface Shape {
  type?: string;
  enum?: readonly string[];
  properties?: Readonly<Record<string, Shape>>;
  items?: Shape;
}

function inOrder(value: unknown, shape: Shape | undefined): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => inOrder(one, shape?.items));
  if (typeof value !== 'object' || value === null || !shape?.properties) return value;
  const known = Object.keys(shape.properties);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => known.indexOf(a) - known.indexOf(b)).map(([key, one]) => [key, inOrder(one, shape.properties![key])]));
}

export function isProtocol(document: unknown): document is Protocol {
  return validateToFirst(document);
}
