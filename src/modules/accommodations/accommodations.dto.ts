import type { Day as CalendarDay } from '../../platform/days';
import { wrongField, type FieldFault } from '../../platform/problem';
import { Day, Id, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import { Back } from '../../platform/web/back';
import { KINDS, OWNERS, RAISED_BY, STATES, type Accommodation, type Kind, type Owner, type RaisedBy, type State } from './accommodation.entity';

const ahead = (name: string, day: string | undefined, today: string | null): FieldFault[] => (today && day && day > today ? wrongField(name, 'not-after', { day: today }).fields : []);

@Rule<RaiseNeed>(['raisedOn'], ({ raisedOn }, { today }) => ahead('raisedOn', raisedOn, today))
@Rule<RaiseNeed>(['agreedOn', 'raisedOn'], ({ agreedOn, raisedOn }, { today }) => [
  ...ahead('agreedOn', agreedOn, today), ...(agreedOn && agreedOn < raisedOn ? wrongField('agreedOn', 'not-before', { day: raisedOn }).fields : []),
])
@Rule<RaiseNeed>(['owner', 'ownerName'], ({ owner, ownerName }) => (owner === 'other' && !ownerName ? wrongField('ownerName', 'required').fields : !owner && ownerName ? wrongField('owner', 'required', { choose: true }).fields : null))
@Rule<RaiseNeed>(['interim', 'interimFromOn'], ({ interim, interimFromOn }) =>
  (interim && !interimFromOn ? wrongField('interimFromOn', 'required').fields : !interim && interimFromOn ? wrongField('interim', 'required').fields : null))
export class RaiseNeed {
  @Text({ max: 1000, multiline: true, description: 'What is difficult at work, in the worker’s words; never the medical reason' }) need!: string;
  @OneOf(KINDS) kind!: Kind;
  @OneOf(RAISED_BY) raisedBy!: RaisedBy;
  @Day() raisedOn!: string;
  @Id({ optional: true, description: 'The job that it belongs to; none for a need that goes with the person' }) placementId?: string;
  @Day({ optional: true, description: 'When the worker agreed that it is seen to' }) agreedOn?: string;
  @OneOf(OWNERS, { optional: true, description: 'Who sees to it' }) owner?: Owner;
  @Text({ max: 200, optional: true }) ownerName?: string;
  @Text({ max: 500, optional: true, multiline: true, description: 'What stands meanwhile' }) interim?: string;
  @Day({ optional: true }) interimFromOn?: string;
}

export class EditNeed extends RaiseNeed {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

@Rule<SettleNeed>(['stateOn'], ({ stateOn }, { today }) => ahead('stateOn', stateOn, today))
export class SettleNeed {
  @OneOf(STATES) state!: State;
  @Day() stateOn!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

@Rule<NoneKnown>(['answeredOn'], ({ answeredOn }, { today }) => ahead('answeredOn', answeredOn, today))
export class NoneKnown {
  @Day() answeredOn!: string;
}

/** The job that a need is raised about, and where the reader goes back to. */
export class NewNeedFilter extends Back {
  @Id({ optional: true }) placement?: string;
}

export interface AccommodationView {
  id: string;
  participantId: string;
  placementId: string | null;
  kind: Kind;
  need: string;
  raisedOn: CalendarDay;
  raisedBy: RaisedBy;
  agreedOn: CalendarDay | null;
  owner: Owner | null;
  ownerName: string | null;
  interim: string | null;
  interimFromOn: CalendarDay | null;
  state: State;
  stateOn: CalendarDay;
  /** True where somebody sees to it and something stands meanwhile, or where it is open no more. */
  seenTo: boolean;
  version: number;
}

/** A person's needs at work, and when none was known. */
export interface NeedsView {
  items: AccommodationView[];
  noneKnownOn: CalendarDay | null;
}

export function accommodationView(one: Accommodation): AccommodationView {
  const { id, participantId, placementId, kind, need, raisedOn, raisedBy, agreedOn, owner, ownerName, interim, interimFromOn, state, stateOn, isSeenTo, version } = one;
  return { id, participantId, placementId, kind, need, raisedOn, raisedBy, agreedOn, owner, ownerName, interim, interimFromOn, state, stateOn, seenTo: isSeenTo, version };
}
