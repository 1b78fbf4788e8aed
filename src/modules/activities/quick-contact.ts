import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { formWay, withBack } from '../../platform/web/back';
import { blankForm, type FormState } from '../../platform/web/pages';
import { ParticipantsService } from '../participants';
import { KINDS, OUTCOMES, type Kind, type Outcome } from './activity.entity';

/** The sign of each kind. */
export const KIND_ICONS: Record<Kind, string> = { phone: 'phone', visit: 'visit', interview: 'talk', administration: 'note' };
/** More people than this are looked for by name. */
const LISTED = 100;

export interface QuickModel {
  people: { value: string; label: string }[];
  /** How many are listed where that is not everybody; null where it is. */
  most: number | null;
  kinds: { value: Kind; icon: string }[];
  outcomes: readonly Outcome[];
  action: string;
  /** Where the short form goes on as the long one, with what is typed. */
  furtherAction: string;
  /** Where somebody is looked for, with what is typed. */
  findAction: string;
  /** Where one goes without noting anything. */
  leave: string;
  form: FormState;
}

/** The form that notes a contact, wherever it stands: beside Today, on a person's page, alone. */
@Injectable()
export class QuickContact {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  readonly choices = { kinds: KINDS.map((value) => ({ value, icon: KIND_ICONS[value] })), outcomes: OUTCOMES };

  /** @param given with whom it opens, and where the reader goes on after it */
  async of(actor: Actor, given: { chosen?: readonly string[]; kind?: Kind | null; from: 'today' | 'person'; back?: string | null }): Promise<QuickModel> {
    const people = (await this.participants.people(actor, LISTED + 1)).map(({ id, name }) => ({ value: id, label: name }));
    const listed = people.slice(0, LISTED);
    const beyond = (given.chosen ?? []).filter((id) => !listed.some((one) => one.value === id));
    if (beyond.length > 0) listed.unshift(...(await this.participants.people(actor, beyond.length, beyond)).map(({ id, name }) => ({ value: id, label: name })));
    return {
      people: listed, most: people.length > LISTED ? LISTED : null, kinds: this.choices.kinds, outcomes: OUTCOMES, ...formWay(`/activities/new?from=${given.from}`, '/today', given.back),
      furtherAction: withBack(`/activities/further?from=${given.from}`, given.back),
      findAction: withBack(`/activities/find?from=${given.from}`, given.back),
      form: blankForm({
        participantIds: (given.chosen ?? []).filter((id) => listed.some((one) => one.value === id)), kind: given.kind ?? 'phone', outcome: 'done', minutes: 15, happenedOn: this.clock.today(actor.timeZone),
      }),
    };
  }
}
