import type { Day as CalendarDay } from '../../platform/days';
import { Day, Id, Many, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import { FORMATS, GIVERS } from '../participants';
import { AUDIENCES, FACTS, type Audience, type DisclosureItem, type DisclosureSheet, type Fact } from './disclosure.entities';
import { ahead, nothingTicked, tickedBesideNothing } from './disclosure.problems';

const VERSION = { min: 1, max: 1_000_000_000 };
export const ANSWERS = ['nothing', 'some'] as const;
/** The field of each fact: who may know it. */
export const FIELD_OF = {
  support: 'support', recognition: 'recognition', 'functional-needs': 'functionalNeeds', accommodations: 'accommodations', 'contact-person': 'contactPerson', availability: 'availability',
} as const satisfies Record<Fact, string>;
const WHO = { max: AUDIENCES.length, optional: true } as const;

/** The person's decision: an employer knows nothing, or these people may know these things. */
@Rule<DecideDisclosure>(['answer'], (given) => {
  const isTicked = Object.values(FIELD_OF).some((name) => given[name]?.length);
  return given.answer === 'some' && !isTicked ? nothingTicked().fields : given.answer === 'nothing' && isTicked ? tickedBesideNothing().fields : null;
})
@Rule<DecideDisclosure>(['decidedOn'], ({ decidedOn }, { today }) => (decidedOn && today && decidedOn > today ? ahead('decidedOn').fields : null))
export class DecideDisclosure {
  @Id({ optional: true, description: 'Of one employer; of any employer when absent' }) employerId?: string;
  @OneOf(ANSWERS, { description: 'nothing: a full answer' }) answer!: (typeof ANSWERS)[number];
  @Many(AUDIENCES, { ...WHO, description: 'Who may know that the person is accompanied' }) support?: Audience[];
  @Many(AUDIENCES, { ...WHO, description: 'Who may know of a recognition of disability' }) recognition?: Audience[];
  @Many(AUDIENCES, { ...WHO, description: 'Who may know what is hard to do, never why' }) functionalNeeds?: Audience[];
  @Many(AUDIENCES, { ...WHO, description: 'Who may know of changes at work that are needed' }) accommodations?: Audience[];
  @Many(AUDIENCES, { ...WHO, description: 'Who may know whom to call' }) contactPerson?: Audience[];
  @Many(AUDIENCES, { ...WHO, description: 'Who may know when the person is not available' }) availability?: Audience[];
  @Day({ optional: true, description: 'Last day on which they may know it; without end when absent' }) untilOn?: string;
  @Day({ description: 'When the person decided it' }) decidedOn!: string;
  @OneOf(FORMATS, { description: 'In which form it was explained' }) format!: string;
  @OneOf(GIVERS, { description: 'The person; never somebody instead' }) giver!: (typeof GIVERS)[number];
  @Text({ max: 200, optional: true, description: 'Who signed beside the person, where law asks for it; the holder of the measure when absent' }) coSigner?: string;
  @Text({ max: 2000, optional: true, multiline: true, description: 'In the words of the person: how to say it' }) note?: string;
}
export class RevokeItem {
  @Whole(VERSION) version!: number;
}
export class EndSheet {
  @Whole(VERSION) version!: number;
}

export interface ItemView { id: string; fact: Fact; audience: Audience; untilOn: CalendarDay | null; revokedOn: CalendarDay | null; holds: boolean; version: number }
export interface SheetView {
  id: string;
  /** Null: of any employer. */
  employerId: string | null;
  nothing: boolean;
  decidedOn: CalendarDay;
  format: string;
  giver: string;
  coSigner: string | null;
  note: string | null;
  endedOn: CalendarDay | null;
  items: ItemView[];
  version: number;
}

export function sheetView({ id, employerId, nothing, decidedOn, format, giver, coSigner, note, endedOn, version }: DisclosureSheet, items: readonly DisclosureItem[], today: CalendarDay): SheetView {
  return { id, employerId, nothing, decidedOn, format, giver, coSigner, note, endedOn, version, items: items.filter((one) => one.sheetId === id).sort(asAsked).map((one) => itemView(one, today, endedOn)) };
}
/** As the form asks for them, whatever the order in which they were ticked or stored. */
function asAsked(one: DisclosureItem, other: DisclosureItem): number {
  return FACTS.indexOf(one.fact) - FACTS.indexOf(other.fact) || AUDIENCES.indexOf(one.audience) - AUDIENCES.indexOf(other.audience);
}
function itemView(one: DisclosureItem, today: CalendarDay, endedOn: CalendarDay | null): ItemView {
  const { id, fact, audience, untilOn, revokedOn, version } = one;
  return { id, fact, audience, untilOn, revokedOn, holds: endedOn === null && one.holdsOn(today), version };
}
