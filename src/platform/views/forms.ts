import { isDay } from '../days';

/** What a form's template holds: what was typed and what is wrong with it. */
export interface FormShape {
  values: Record<string, unknown>;
  errors: readonly { path: string; message: string }[];
}

/** What a field's partial draws. */
export interface FieldState {
  id: string;
  error: string | null;
  /** Ids of hint and error, for `aria-describedby`; null when there is neither. */
  describedBy: string | null;
  value: string;
  day: string;
  month: string;
  year: string;
}

export interface Choice {
  value: string;
  label: string;
  hint: string | null;
  icon: string | null;
  chosen: boolean;
  id: string;
}

/** The id of a field; its first control has it, so that the error summary leads there. */
export function idOf(path: string, prefix = ''): string {
  return prefix + path.replace(/[^\w-]+/g, '-');
}

export function errorOf(form: FormShape | null, path: string): string | null {
  return form?.errors.find((one) => one.path === path)?.message ?? null;
}

/** What was typed, else what the form opens with, at a path: the flat name of a control first, then the nested value. */
export function valueOf(form: FormShape | null, path: string): unknown {
  if (!form) return null;
  if (Object.hasOwn(form.values, path)) return form.values[path] ?? null;
  let here: unknown = form.values;
  for (const part of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return null;
    here = (here as Record<string, unknown>)[part];
  }
  return here ?? null;
}

export function fieldState(form: FormShape | null, path: string, given: { id?: unknown; hint?: unknown; value?: unknown; error?: unknown }): FieldState {
  const id = typeof given.id === 'string' ? given.id : idOf(path);
  const error = typeof given.error === 'string' ? given.error : errorOf(form, path);
  const value = valueOf(form, path) ?? given.value ?? '';
  const describedBy = [given.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return { id, error, describedBy: describedBy || null, value: plain(value), ...dayParts(form, path, value) };
}

function dayParts(form: FormShape | null, path: string, value: unknown): { day: string; month: string; year: string } {
  const typed = (['day', 'month', 'year'] as const).map((part) => valueOf(form, `${path}-${part}`));
  if (typed.some((part) => part !== null)) return { day: plain(typed[0]), month: plain(typed[1]), year: plain(typed[2]) };
  if (!isDay(value)) return { day: '', month: '', year: '' };
  const [year, month, day] = value.split('-') as [string, string, string];
  return { day: String(Number(day)), month: String(Number(month)), year };
}

/** Options of a list: texts with their words, or `{value, label, hint, icon}` with labels of their own. */
export function choices(options: unknown, chosen: unknown, id: string, label: (value: string) => string): Choice[] {
  const picked = new Set((Array.isArray(chosen) ? chosen : [chosen]).filter((one) => one !== null && one !== undefined).map((one) => plain(one)));
  const list = Array.isArray(options) ? (options as unknown[]) : [];
  return list.map((option, index) => {
    const own = typeof option === 'object' && option !== null ? (option as { value: unknown; label: unknown; hint?: unknown; icon?: unknown }) : null;
    const value = plain(own ? own.value : option);
    return { value, label: own?.label !== undefined ? plain(own.label) : label(value), hint: own?.hint ? plain(own.hint) : null, icon: own?.icon ? plain(own.icon) : null, chosen: picked.has(value), id: index === 0 ? id : `${id}-${index + 1}` };
  });
}

/** A value as a form writes it. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : '';
}
