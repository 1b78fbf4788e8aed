import { registerDecorator, ValidateNested, IsOptional, validateSync, type ValidationError } from 'class-validator';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { isDay, type Day as CalendarDay } from '../days';
import { isId } from '../id';
import { minorUnits } from '../money';
import type { FieldFault, Values } from '../problem';
import { isPhone } from './phone';

/**
 * The fields of commands and filters: one declaration carries the validation rule, the OpenAPI property and how a form's strings
 * become the value. JSON is never coerced.
 */
type Kind = 'text' | 'whole' | 'day' | 'flag' | 'one-of' | 'id' | 'email' | 'phone' | 'many' | 'nested' | 'nested-many' | 'secret' | 'money' | 'hours';
type Class<T = object> = new () => T;

interface FieldOptions {
  optional?: boolean;
  max?: number;
  min?: number;
  multiline?: boolean;
  list?: readonly string[];
  description?: string;
  /** Of money: the field beside it that names the currency. */
  currency?: string;
}
interface Field extends FieldOptions {
  name: string;
  kind: Kind;
  inner?: Field;
  type?: () => Class;
}

const FIELDS = Symbol('fields');
const RULES = Symbol('rules');
// Control characters, bidirectional overrides, zero-width signs that hide a difference, and tags: they belong in no name and no note.
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u2028-\u202E\u2060-\u2069\uFEFF\uFFFE\uFFFF\u{E0000}-\u{E007F}]/u;
// Signs that nobody sees: a name made of them alone is no name.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const LONGEST_PHONE = 40;
/** In minor units: no wage and no grant is more. */
const MOST_MONEY = 1_000_000_000_000;
const LINE_BREAK = /[\n\r\t]/;
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_{}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/;

/** Text of one line, or of several; never blank unless optional. */
export const Text = (options: FieldOptions & { max: number }): PropertyDecorator =>
  field('text', options, { type: String, maxLength: options.max, ...(options.min ? { minLength: options.min } : {}) });
/** A password: never trimmed, never shown again. */
export const Secret = (options: FieldOptions & { max: number }): PropertyDecorator => field('secret', options, { type: String, maxLength: options.max, format: 'password' });
/** A whole number within bounds. */
export const Whole = (options: FieldOptions & { min: number; max: number }): PropertyDecorator =>
  field('whole', options, { type: 'integer', minimum: options.min, maximum: options.max });
/** A calendar day, `YYYY-MM-DD`; in a form three fields. */
export const Day = (options: FieldOptions = {}): PropertyDecorator => field('day', options, { type: String, format: 'date' });
/** Yes or no; a box that is on or absent. */
export const Flag = (options: FieldOptions = {}): PropertyDecorator => field('flag', options, { type: Boolean });
/** One of a closed list. */
export const OneOf = (list: readonly string[], options: FieldOptions = {}): PropertyDecorator => field('one-of', { ...options, list }, { type: String, enum: [...list] });
/** An amount in minor units of the currency that another field names; in a form as it is written there, with comma or point. */
export const Money = (options: FieldOptions & { currency: string }): PropertyDecorator => field('money', { min: 0, max: MOST_MONEY, ...options }, { type: 'integer', minimum: 0, maximum: MOST_MONEY });
/** A length of work in minutes; in a form as hours: `35`, `17,5`, `35:30`, `35 h 30`. */
export const Hours = (options: FieldOptions & { max: number }): PropertyDecorator => field('hours', { min: 1, ...options }, { type: 'integer', minimum: 1, maximum: options.max });
/** The id of something. */
export const Id = (options: FieldOptions = {}): PropertyDecorator => field('id', options, { type: String, format: 'uuid' });
/** One address of electronic mail, without display name. */
export const Email = (options: FieldOptions = {}): PropertyDecorator => field('email', options, { type: String, format: 'email', maxLength: 254 });
/** A telephone number as it is typed: digits, +, spaces, dots, dashes, brackets, an extension. */
export const PhoneNumber = (options: FieldOptions = {}): PropertyDecorator => field('phone', { max: LONGEST_PHONE, ...options }, { type: String, maxLength: LONGEST_PHONE });
/** Several of a closed list, or several ids. */
export const Many = (of: readonly string[] | 'id', options: FieldOptions & { max: number }): PropertyDecorator =>
  field('many', { ...options, ...(of === 'id' ? {} : { list: of }) },
    { type: String, isArray: true, maxItems: options.max, ...(of === 'id' ? { format: 'uuid' } : { enum: [...of] }) },
    { inner: { name: '', kind: of === 'id' ? 'id' : 'one-of', ...(of === 'id' ? {} : { list: of }) } });
// A function that is not called `type` is taken for a class without a name: the description would point at nothing.
/** A part with fields of its own; in a form its names are `part.field`. */
export const Nested = (type: () => Class, options: FieldOptions = {}): PropertyDecorator => field('nested', options, { type: () => type() }, { type });
/** Parts in a row; in a form their names are `parts.0.field`, and a row left blank is not there. */
export const NestedMany = (type: () => Class, options: FieldOptions & { max: number }): PropertyDecorator =>
  field('nested-many', options, { type: () => type(), isArray: true, maxItems: options.max }, { type });

/** Who sends a command, and on which day at their place; a command of no request is sent by nobody, on no day. */
export interface Asked {
  today: CalendarDay | null;
  role: string | null;
}
const NOBODY: Asked = { today: null, role: null };

interface SeveralFields<T extends object = object> {
  names: readonly string[];
  judge: (instance: T, asked: Asked) => FieldFault | FieldFault[] | null;
}
/** What several fields must say together, told with the faults of each field; as long as one of them is wrong by itself, it is not asked. */
export const Rule = <T extends object>(names: readonly (keyof T & string)[], judge: SeveralFields<T>['judge']) => (type: Class<T>): void => {
  Reflect.defineMetadata(RULES, [...rulesOf(type), { names, judge }], type.prototype as object);
};
const rulesOf = (type: Class): readonly SeveralFields[] => (Reflect.getMetadata(RULES, type.prototype as object) as SeveralFields[] | undefined) ?? [];

function field(kind: Kind, options: FieldOptions, api: ApiPropertyOptions, more: Partial<Field> = {}): PropertyDecorator {
  return (target, key) => {
    const name = String(key);
    const own: Field = { name, kind, ...options, ...more };
    const known = (Reflect.getOwnMetadata(FIELDS, target) as Field[] | undefined) ?? (Reflect.getMetadata(FIELDS, target) as Field[] | undefined) ?? [];
    Reflect.defineMetadata(FIELDS, [...known, own], target);
    const described = { ...api, ...(options.description ? { description: options.description } : {}) };
    (options.optional ? ApiPropertyOptional(described) : ApiProperty(described))(target, key);
    if (options.optional) IsOptional()(target, key);
    registerDecorator({
      name: 'field', target: target.constructor, propertyName: name,
      validator: { validate: (value: unknown) => faultOf(own, value) === null, defaultMessage: () => 'field' },
    });
    if (kind === 'nested' || kind === 'nested-many') ValidateNested()(target, key);
  };
}

/** The fields that a class declares, in order. */
export function fieldsOf(type: Class): readonly Field[] {
  return (Reflect.getMetadata(FIELDS, type.prototype as object) as Field[] | undefined) ?? [];
}

type Fault = { code: string; values: Values } | null;
const fault = (code: string, values: Values = {}): Fault => ({ code, values });
const required = ({ kind }: Field): Fault => fault('required', kind === 'one-of' || kind === 'id' || kind === 'many' ? { choose: true } : {});

/** What is wrong with a value, by name; null when nothing is. */
function faultOf(own: Field, value: unknown): Fault {
  if (value === undefined || value === null || value === '') return own.optional && value !== '' ? null : required(own);
  switch (own.kind) {
    case 'text': return textFault(own, value);
    case 'secret': return typeof value !== 'string' ? fault('wrong-type') : value.length > own.max! ? fault('too-long', { max: own.max! }) : null;
    case 'whole':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return fault('not-a-number');
      if (value < own.min!) return fault('too-small', { min: own.min! });
      return value > own.max! ? fault('too-big', { max: own.max! }) : null;
    case 'money':
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < own.min!) return fault('not-an-amount');
      return value > own.max! ? fault('amount-too-big') : null;
    case 'hours':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return fault('not-hours');
      return value < own.min! || value > own.max! ? fault('hours-out-of-range', { hours: own.max! / 60 }) : null;
    case 'day': return isDay(value) ? null : fault('not-a-day');
    case 'flag': return typeof value === 'boolean' ? null : fault('wrong-type');
    case 'one-of': return typeof value === 'string' && own.list!.includes(value) ? null : fault('not-in-list');
    case 'id': return isId(value) ? null : fault('not-an-id');
    case 'email': return typeof value === 'string' && value.length <= 254 && EMAIL.test(value) ? null : fault('not-an-email');
    case 'phone': return textFault(own, value) ?? (isPhone(value as string) ? null : fault('not-a-phone'));
    case 'many':
      if (!Array.isArray(value)) return fault('wrong-type');
      if (value.length > own.max!) return fault('too-many', { max: own.max! });
      if (new Set(value).size !== value.length) return fault('twice');
      if (!own.optional && value.length === 0) return required(own);
      return value.map((one) => faultOf(own.inner!, one)).find((one) => one !== null) ?? null;
    case 'nested': return typeof value === 'object' && !Array.isArray(value) ? null : fault('wrong-type');
    case 'nested-many':
      if (!Array.isArray(value) || value.some((one) => typeof one !== 'object' || one === null)) return fault('wrong-type');
      return value.length > own.max! ? fault('too-many', { max: own.max! }) : null;
  }
}

function textFault(own: Field, value: unknown): Fault {
  if (typeof value !== 'string') return fault('wrong-type');
  if (value.replace(INVISIBLE, '').trim() === '') return fault('required');
  if (value.length > own.max!) return fault('too-long', { max: own.max! });
  if (value.length < (own.min ?? 0)) return fault('too-short', { min: own.min! });
  if (FORBIDDEN.test(value) || (!own.multiline && LINE_BREAK.test(value)) || !value.isWellFormed()) return fault('forbidden-character');
  return null;
}

/** True for what a text of several lines may hold, wherever else it comes from. */
export function isText(value: string): boolean {
  return textFault({ name: '', kind: 'text', max: Infinity, multiline: true }, value) === null;
}

/** JSON as it came, made an instance of the command: values untouched but text, which is trimmed and composed (NFC). */
export function fromJson<T extends object>(type: Class<T>, body: unknown): T {
  const made = new type() as Record<string, unknown>;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return made as T;
  const known = new Map(fieldsOf(type).map((own) => [own.name, own]));
  for (const [name, value] of Object.entries(body)) {
    const own = known.get(name);
    made[name] = own ? jsonValue(own, value) : value;
  }
  return made as T;
}

function jsonValue(own: Field, value: unknown): unknown {
  if (value === null && own.optional) return undefined;
  if ((own.kind === 'text' || own.kind === 'phone') && typeof value === 'string') return clean(value);
  if (own.kind === 'email' && typeof value === 'string') return value.trim();
  if (own.kind === 'nested' && typeof value === 'object' && value !== null && !Array.isArray(value)) return fromJson(own.type!(), value);
  if (own.kind === 'nested-many' && Array.isArray(value)) return value.map((one: unknown) => (typeof one === 'object' && one !== null ? fromJson(own.type!(), one) : one));
  return value;
}

/** A form's strings (or a query's) made an instance of the command. What is no field stays, and is refused by the validation. */
export function fromForm<T extends object>(type: Class<T>, form: Record<string, unknown>, prefix = ''): T {
  const made = new type() as Record<string, unknown>;
  const taken = new Set<string>();
  for (const own of fieldsOf(type)) {
    const value = formValue(own, form, prefix + own.name, taken);
    if (value !== undefined) made[own.name] = value;
  }
  for (const name of Object.keys(form)) {
    if (prefix ? !name.startsWith(prefix) : name.startsWith('_')) continue;
    if (!taken.has(name)) made[name.slice(prefix.length)] = form[name];
  }
  return made as T;
}

function formValue(own: Field, form: Record<string, unknown>, name: string, taken: Set<string>): unknown {
  taken.add(name);
  const raw = form[name];
  switch (own.kind) {
    case 'flag': return raw === 'on' || raw === 'true' || raw === '1' ? true : raw === undefined || raw === '' || raw === 'false' ? false : raw;
    case 'whole': return typeof raw === 'string' ? whole(raw) : raw;
    case 'money': {
      const currency = form[name.slice(0, name.length - own.name.length) + own.currency!];
      return typeof raw === 'string' ? blank(minorUnits(raw, typeof currency === 'string' ? currency : '') ?? raw.trim()) : raw;
    }
    case 'hours': return typeof raw === 'string' ? blank(minutesOf(raw.trim())) : raw;
    // The same choice may stand in a list and beside a box.
    case 'many': return [...new Set(raw === undefined || raw === '' ? [] : Array.isArray(raw) ? raw : [raw])].filter((one) => one !== '');
    case 'day': {
      const parts = ['day', 'month', 'year'].map((part) => { taken.add(`${name}-${part}`); return form[`${name}-${part}`]; });
      if (parts.every((part) => part === undefined)) return blank(raw);
      return dayOf(parts);
    }
    case 'nested': {
      const inner = pick(form, `${name}.`, taken);
      return own.optional && Object.values(inner).every((one) => one === '') ? undefined : fromForm(own.type!(), inner, `${name}.`);
    }
    case 'nested-many': return rows(own, form, name, taken);
    case 'secret': return raw === '' ? undefined : raw;
    case 'text': return typeof raw === 'string' ? blank(clean(raw.replace(/\r\n/g, '\n'))) : raw;
    default: return typeof raw === 'string' ? blank(raw.trim()) : raw;
  }
}

function rows(own: Field, form: Record<string, unknown>, name: string, taken: Set<string>): object[] {
  const found = new Map<number, true>();
  for (const key of Object.keys(form)) {
    const index = new RegExp(`^${name}\\.(\\d{1,3})\\.`).exec(key)?.[1];
    if (index !== undefined) found.set(Number(index), true);
  }
  return [...found.keys()].sort((a, b) => a - b).flatMap((index) => {
    const inner = pick(form, `${name}.${index}.`, taken);
    return Object.values(inner).every((one) => one === '') ? [] : [fromForm(own.type!(), inner, `${name}.${index}.`)];
  });
}

function pick(form: Record<string, unknown>, prefix: string, taken: Set<string>): Record<string, unknown> {
  const names = Object.keys(form).filter((key) => key.startsWith(prefix));
  names.forEach((key) => taken.add(key));
  return Object.fromEntries(names.map((key) => [key, form[key]]));
}

function whole(raw: string): number | string | undefined {
  const text = raw.replace(/[\s\u00A0\u202F]/g, '');
  if (text === '') return undefined;
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Hours as they are written: a part of an hour after a comma or a point, or minutes after a colon or an h. */
function minutesOf(raw: string): number | string {
  const [, hours, minutes] = /^(\d{1,4})\s*(?:h|:)\s*(\d{1,2})?$/i.exec(raw) ?? [];
  if (hours !== undefined && Number(minutes ?? 0) < 60) return Number(hours) * 60 + Number(minutes ?? 0);
  const decimal = raw.replace(',', '.');
  return /^\d{1,4}(?:\.\d{1,2})?$/.test(decimal) ? Math.round(Number(decimal) * 60) : raw;
}

function dayOf(parts: unknown[]): string | undefined {
  const [day, month, year] = parts.map((part) => (typeof part === 'string' ? part.trim() : ''));
  if (!day && !month && !year) return undefined;
  return `${year}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
}

const clean = (text: string): string => text.trim().normalize('NFC');
const blank = (raw: unknown): unknown => (raw === '' ? undefined : raw);

/** Every fault of an instance, field by field. @param asked what rules of several fields may judge by */
export function faultsOf(instance: object, asked = NOBODY): FieldFault[] {
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false, stopAtFirstError: true });
  const type = instance.constructor as Class;
  const faults = errors.flatMap((error) => flatten(error, '', type));
  const wrong = new Set(errors.map(({ property }) => property));
  return [...faults, ...rulesOf(type).flatMap(({ names, judge }) => (names.some((name) => wrong.has(name)) ? [] : judge(instance, asked) ?? []))];
}

function flatten(error: ValidationError, prefix: string, type: Class): FieldFault[] {
  const path = prefix + error.property;
  const own = fieldsOf(type).find((one) => one.name === error.property);
  if (!own) return [{ path, code: 'unknown-field', values: {} }];
  const found = faultOf(own, error.value);
  if (found) return [{ path, ...found }];
  return (error.children ?? []).flatMap((child) =>
    own.kind === 'nested' ? flatten(child, `${path}.`, own.type!()) : (child.children ?? []).flatMap((inner) => flatten(inner, `${path}.${child.property}.`, own.type!())));
}
