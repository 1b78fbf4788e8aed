import { Day, NestedMany, OneOf, Rule, Text, Whole } from '../../../platform/web/fields';
import { HasBeen } from '../register/past-days';
import { ENTRY_KEYS } from './entry-items';

/** The answer that stands for "would not say". */
export const REFUSED = 'refused';

export class EntryAnswerGiven {
  @OneOf(ENTRY_KEYS) item!: string;
  @Text({ max: 40, optional: true, description: 'A value of the item\'s list, or `refused`; absent while nobody has asked' }) value?: string;
}

/** Answers at entry. An item left out stays as it was. `version` counts the changes of all answers. */
@Rule<AnswerEntry>(['answers'], ({ answers }) => (answers.some(({ value }) => value !== undefined) ? null : { path: 'answers', code: 'nothing-answered', values: {} }))
@HasBeen<AnswerEntry>('answeredOn')
export class AnswerEntry {
  @NestedMany(() => EntryAnswerGiven, { max: 40 }) answers!: EntryAnswerGiven[];
  @Day({ optional: true, description: 'The day on which the person was asked; today when absent' }) answeredOn?: string;
  @Whole({ min: 0, max: 1_000_000 }) version!: number;
}

export interface EntryItemView {
  item: string;
  group: string;
  sensitive: boolean;
  options: string[];
  /** A value of the list, `refused`, or null while it has not been asked. */
  value: string | null;
  answeredOn: string | null;
}

export interface EntryPageView {
  items: EntryItemView[];
  answered: number;
  total: number;
  version: number;
}
