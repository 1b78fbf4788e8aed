import type { Day } from '../../platform/days';
import { faultsIn, type FieldFault } from '../../platform/problem';
import { checkReview } from './deadlines';
import type { Referral, StepRow } from './entities';
import { formatNeeded, reasonNeeded } from './pathways.problems';
import { stageOf, waits, type Protocol, type Step } from './protocol';

/** What a referral keeps of its answer. */
export type Answer = Pick<Referral, 'answer' | 'answeredOn' | 'waitingSince' | 'reviewOn' | 'declineReason' | 'explainedFormat'>;
type Answering = Pick<StepRow, 'toStage' | 'effectiveOn' | 'reason' | 'reviewOn' | 'explainedFormat'>;

const UNANSWERED: Answer = { answer: null, answeredOn: null, waitingSince: null, reviewOn: null, declineReason: null, explainedFormat: null };

/** What being led to this stage answers: waiting, refused before admission, or admitted; null where the referral was answered before, or is nobody's to answer. */
export function answers(protocol: Protocol, stage: string): Answer['answer'] {
  const target = stageOf(protocol, stage);
  if (waits(target)) return 'waiting';
  if (target?.declines) return 'declined';
  return target?.admits ? 'admitted' : null;
}

/** What whoever takes the step has to say with it, and has not: its reason, when a waiting is looked at again, how a refusal was explained. */
export function unsaid(protocol: Protocol, step: Step, given: { reason?: string; reviewOn?: Day; explainedFormat?: string }, effectiveOn: Day): FieldFault[] {
  const answer = answers(protocol, step.to);
  return [
    ...(step.reasons && !step.reasons.some(({ key }) => key === given.reason) ? reasonNeeded().fields : []),
    ...(answer === 'waiting' ? faultsIn(() => checkReview(given.reviewOn, effectiveOn)) : []),
    ...(answer === 'declined' && !given.explainedFormat ? formatNeeded().fields : []),
  ];
}

/** The answer that the steps which stand give together: the last of them that answers counts. @param steps in order, each with the protocol by which it was taken */
export function answerOf(steps: readonly (readonly [Answering, Protocol])[]): Answer {
  return steps.reduce<Answer>((before, [step, protocol]) => {
    const answer = answers(protocol, step.toStage);
    // Whoever is admitted already, and comes back to such a stage, was answered then.
    if (answer === null || (answer === 'admitted' && before.answer === 'admitted')) return before;
    const declined = answer === 'declined';
    // Who goes on waiting was answered when the waiting began: only the day of the review is another.
    if (answer === 'waiting' && before.answer === 'waiting') return { ...before, reviewOn: step.reviewOn };
    return {
      answer, answeredOn: step.effectiveOn, waitingSince: answer === 'waiting' ? step.effectiveOn : before.waitingSince, reviewOn: answer === 'waiting' ? step.reviewOn : null,
      declineReason: declined ? step.reason : null, explainedFormat: declined ? step.explainedFormat : null,
    };
  }, UNANSWERED);
}
