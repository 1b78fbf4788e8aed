import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import { EnrolmentsService, FactsRegistry, type Fact, type FactSubject, type HistoryView, type Requirement } from '../pathways';
import { AGREED_TO, type AgreedStep, type AgreedTo } from './agreed-step.entity';
import { EmploymentAdviceRepository } from './employment-advice.repository';

/** Whether the person agrees to a step that rests on them. */
@Injectable()
export class AgreedFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly kept: EmploymentAdviceRepository,
    private readonly enrolments: EnrolmentsService,
  ) {}

  onModuleInit(): void {
    this.facts.register('agrees', (actor, subject, requirement, on) => this.agrees(actor, subject, requirement, on), ({ to, ...others }) => isAgreedTo(to) && Object.keys(others).length === 0);
  }

  private async agrees(actor: Actor, subject: FactSubject, { params }: Requirement, on: Day): Promise<Fact> {
    const to = AGREED_TO.find((one) => one === params?.to)!;
    const latestFirst = await this.kept.agreedOf(actor, subject.participantId, subject.enrolmentId, to);
    // Only a yes can have been used by then.
    const history = latestFirst.some((one) => one.answer === 'yes') ? await this.enrolments.historyOf(actor, subject.participantId) : [];
    return agreed(subject, to, latestFirst, history, on);
  }
}

function isAgreedTo(to: unknown): boolean {
  return (AGREED_TO as readonly unknown[]).includes(to);
}

/** What the person said last, up to the day asked about. A yes counts for one step: whoever has stood by with it, and was supported again, is asked again. */
export function agreed(subject: Pick<FactSubject, 'participantId' | 'enrolmentId'>, to: AgreedTo, latestFirst: readonly AgreedStep[], history: readonly Pick<HistoryView, 'enrolmentId' | 'act' | 'from' | 'to' | 'effectiveOn' | 'annulled'>[], on: Day): Fact {
  const where = `/participants/${subject.participantId}/enrolments/${subject.enrolmentId}/agreed-steps?to=${to}`;
  const unmet = (code: string, words: string): Fact => ({ have: 0, need: 1, metOn: null, evidence: [], where, missing: [{ code, words: `employment-advice.missing.${words}` }] });
  const last = latestFirst.find((one) => one.answeredOn <= on);
  if (!last) return unmet('not-asked', `${to}.notAsked`);
  if (last.answer === 'no') return { ...unmet('refused', `${to}.refused`), refused: true };
  const used = history.some((line) => line.enrolmentId === subject.enrolmentId && line.act === 'step' && !line.annulled && to === 'standby' && line.to === to && line.from !== to && line.effectiveOn < on && line.effectiveOn >= last.answeredOn);
  if (used) return unmet('asked-before', `${to}.askedBefore`);
  return { have: 1, need: 1, metOn: last.answeredOn, evidence: [{ kind: 'agreed-step', id: last.id, level: 'worker' }], where, missing: [] };
}
