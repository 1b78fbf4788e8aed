import { Back } from '../../platform/web/back';
import { Day, Flag, Id, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import { FORMATS, GIVERS, type Answer } from '../participants';
import { ACTION_STATES, GOAL_STATES, PLAN_KINDS, RELATIONS, WHO, type ActionState, type GoalState, type PlanKind, type Relation, type Who } from './plan.choices';
import { ahead } from './plans.problems';

const VERSION = { min: 1, max: 1_000_000 };

/** A day that has come, told with whatever else is wrong in the form. */
const HasCome = <T extends object>(...names: (keyof T & string)[]) => (type: new () => T): void => {
  for (const name of names) {
    Rule<T>([name], (given, { today }) => {
      const day = given[name];
      return today && typeof day === 'string' && day > today ? ahead(name).fields : null;
    })(type);
  }
};

/** For which pathway and of which kind a plan is about to be opened. */
export class NewPlanFilter extends Back {
  @Id({ optional: true }) enrolment?: string;
  @OneOf(PLAN_KINDS, { optional: true }) kind?: PlanKind;
}

@HasCome<OpenPlan>('openedOn')
export class OpenPlan {
  @Id({ description: 'The open pathway that it belongs to' }) enrolmentId!: string;
  @OneOf(PLAN_KINDS) kind!: PlanKind;
  @Day({ description: 'Never later than today' }) openedOn!: string;
  @Text({ max: 1000, optional: true, multiline: true, description: 'A first goal' }) goal?: string;
  @Flag({ optional: true, description: 'The goal is in the words of the person' }) goalOwnWords?: boolean;
  @Day({ optional: true, description: 'When it is looked at again together' }) reviewOn?: string;
}

export class EditPlan {
  @Day({ optional: true, description: 'When it is looked at again together' }) reviewOn?: string;
  @Text({ max: 4000, optional: true, multiline: true }) note?: string;
  @Whole(VERSION) version!: number;
}

@HasCome<AddGoal>('addedOn')
export class AddGoal {
  @Text({ max: 1000, multiline: true }) words!: string;
  @Flag({ optional: true, description: 'In the words of the person' }) ownWords?: boolean;
  @Day({ optional: true, description: 'The day on which it was set; today when absent' }) addedOn?: string;
}

@HasCome<EditGoal>('stateOn')
export class EditGoal {
  @Text({ max: 1000, multiline: true }) words!: string;
  @Flag({ optional: true, description: 'In the words of the person' }) ownWords?: boolean;
  @OneOf(GOAL_STATES) state!: GoalState;
  @Day({ optional: true, description: 'Since when it is reached or dropped; today when absent' }) stateOn?: string;
  @Whole(VERSION) version!: number;
}

@HasCome<AddAction>('addedOn')
export class AddAction {
  @Text({ max: 500 }) what!: string;
  @OneOf(WHO, { description: 'Who does it' }) who!: Who;
  @Day() dueOn!: string;
  @Day({ optional: true, description: 'The day on which it was decided; today when absent' }) addedOn?: string;
}

@HasCome<EditAction>('stateOn')
export class EditAction {
  @Text({ max: 500 }) what!: string;
  @OneOf(WHO, { description: 'Who does it' }) who!: Who;
  @Day() dueOn!: string;
  @OneOf(ACTION_STATES) state!: ActionState;
  @Day({ optional: true, description: 'Since when it is done or dropped; today when absent' }) stateOn?: string;
  @Whole(VERSION) version!: number;
}

/** Done today, in one click. */
export class MarkDone {
  @Whole(VERSION) version!: number;
}

/** The yes of the person to the goals as they are. It is nobody else's to give. */
@HasCome<AgreePlan>('agreedOn')
export class AgreePlan {
  @Day() agreedOn!: string;
  @OneOf(FORMATS, { description: 'How it was told to the person' }) format!: string;
  @OneOf(GIVERS, { description: 'Always the person; with the signature that law asks for beside' }) giver!: Answer['giver'];
  @Text({ max: 200, optional: true, description: 'Who signed beside the person, where law asks for it; the holder of the measure when absent' }) coSigner?: string;
  @Whole(VERSION) version!: number;
}

@HasCome<ValidatePlan>('validatedOn')
export class ValidatePlan {
  @Day() validatedOn!: string;
  @Whole(VERSION) version!: number;
}

@HasCome<ClosePlan>('closedOn')
export class ClosePlan {
  @Day() closedOn!: string;
  @Whole(VERSION) version!: number;
}

/** For which pathway a natural support is about to be named. */
export class NewSupportFilter extends Back {
  @Id({ optional: true }) enrolment?: string;
}

@HasCome<NameSupport>('fromOn')
export class NameSupport {
  @Id({ description: 'The open pathway that it belongs to' }) enrolmentId!: string;
  @Flag({ optional: true, description: 'Nobody is needed: a full answer, without a name' }) noneNeeded?: boolean;
  @Text({ max: 200, optional: true }) name?: string;
  @OneOf(RELATIONS, { optional: true }) relation?: Relation;
  @Text({ max: 500, optional: true, description: 'What they help with' }) forWhat?: string;
  @Day() fromOn!: string;
}

@HasCome<EditSupport>('fromOn', 'endedOn')
export class EditSupport {
  @Text({ max: 200, optional: true }) name?: string;
  @OneOf(RELATIONS, { optional: true }) relation?: Relation;
  @Text({ max: 500, optional: true, description: 'What they help with' }) forWhat?: string;
  @Day() fromOn!: string;
  @Day({ optional: true, description: 'The first day on which it no longer holds' }) endedOn?: string;
  @Whole(VERSION) version!: number;
}
