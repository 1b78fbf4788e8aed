import type { Actor } from '../../../platform/access/actor';
import type { UsersService } from '../../identity';
import { BIRTH_PRECISIONS } from './birth';
import { CHANNELS, DOCUMENT_KINDS, FORMATS, GENDERS, PHONE_OWNERS, SPOKEN } from './participant.choices';
import type { PhoneView } from './register.dto';

const MOST_PHONES = 5;

/** The option lists of a person's forms. Coaches only where the actor chooses one. */
export async function choicesFor(actor: Actor, users: UsersService | null): Promise<object> {
  const coaches = users && actor.role !== 'coach' ? (await users.coachesOf(actor)).map(({ id, name }) => ({ value: id, label: name })) : null;
  return { precisions: BIRTH_PRECISIONS, genders: GENDERS, documentKinds: DOCUMENT_KINDS, owners: PHONE_OWNERS, languages: SPOKEN, channels: CHANNELS, formats: FORMATS, coaches };
}

/** Rows of phones that a form offers: those there, and one more; two at least. */
export function phoneRows(known: number): number[] {
  return Array.from({ length: Math.min(MOST_PHONES, Math.max(2, known + 1)) }, (_, index) => index);
}

/** Phones as the flat names of a form. */
export function phoneValues(phones: readonly PhoneView[]): Record<string, string> {
  return Object.fromEntries(phones.flatMap((phone, index) => [
    [`phones.${index}.number`, phone.number], [`phones.${index}.owner`, phone.owner], [`phones.${index}.safeHours`, phone.safeHours ?? ''],
  ]));
}
