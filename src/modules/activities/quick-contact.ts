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
  /** True where the list is not everybody. */
  more: boolean;
  kinds: { value: Kind; icon: string }[];
  outcomes: readonly Outcome[];
  action: string;
  /** Where the short form goes on as the long one, with what is typed. */
  furtherAction: string;
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
  async of(actor: Actor, given: { participantId?: string | null; kind?: Kind | null; from: 'today' | 'person'; back?: string | null }): Promise<QuickModel> {
    const people = (await this.participants.people(actor, LISTED + 1)).map(({ id, name }) => ({ value: id, label: name }));
    const { participantId } = given;
    const known = participantId ? people.find((one) => one.value === participantId)?.label ?? (await this.participants.people(actor, 1, [participantId]))[0]?.name : undefined;
    const listed = people.slice(0, LISTED);
    if (participantId && known !== undefined && !listed.some((one) => one.value === participantId)) listed.unshift({ value: participantId, label: known });
    return {
      people: listed, more: people.length > LISTED, kinds: this.choices.kinds, outcomes: OUTCOMES, ...formWay(`/activities/new?from=${given.from}`, '/today', given.back),
      furtherAction: withBack(`/activities/further?from=${given.from}`, given.back),
      form: blankForm({
        participantIds: known === undefined ? [] : [participantId], kind: given.kind ?? 'phone', outcome: 'done', minutes: 15, happenedOn: this.clock.today(actor.timeZone),
      }),
    };
  }
}
