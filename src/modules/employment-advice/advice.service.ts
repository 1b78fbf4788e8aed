import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { newId } from '../../platform/id';
import { notFound } from '../../platform/problem';
import { AuditService } from '../audit';
import { UsersService } from '../identity';
import { ParticipantsService } from '../participants';
import { EnrolmentsService, StepsService, type EnrolmentView } from '../pathways';
import type { AgreedStep } from './agreed-step.entity';
import { BenefitsTask } from './benefits-task';
import type { BenefitsAdvice } from './benefits-advice.entity';
import { agreedStepView, benefitsAdviceView, type AdviseBenefits, type AgreedStepView, type AnswerStep, type BenefitsAdviceView } from './employment-advice.dto';
import { supportEnded } from './employment-advice.problems';
import { EmploymentAdviceRepository } from './employment-advice.repository';

/** What the person was told about benefits, and what they say to standby and to leaving in work. */
@Injectable()
export class AdviceService {
  constructor(
    private readonly kept: EmploymentAdviceRepository,
    private readonly users: UsersService,
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly steps: StepsService,
    private readonly task: BenefitsTask,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What was told or declined, the latest first. */
  async adviceOf(actor: Actor, participantId: string): Promise<BenefitsAdviceView[]> {
    const found = await this.kept.adviceOf(actor, participantId);
    const names = await this.namesOf(actor, found);
    return found.map((one) => benefitsAdviceView(one, names));
  }

  async advise(actor: Actor, participantId: string, given: AdviseBenefits): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    await this.participants.checkDay(actor, [participantId], 'givenOn', given.givenOn);
    const open = (await this.enrolments.ofParticipant(actor, participantId)).find((one) => one.pathway === 'employment-advice' && one.closedOn === null);
    const advice: BenefitsAdvice = {
      id: newId(), serviceId, participantId, enrolmentId: open?.id ?? null, answer: given.answer, givenOn: given.givenOn, situation: given.situation ?? null, changes: given.changes ?? null,
      format: given.format ?? null, recordedAt: this.clock.now(), recordedBy: actor.id,
    };
    this.kept.insertAdvice(advice);
    await this.audit.record(actor, 'benefits-advice.recorded', { kind: 'benefits-advice', id: advice.id, participantId }, { answer: advice.answer });
    await this.task.follow(actor, participantId);
    return advice.id;
  }

  /** The enrolment about which the person is asked, with all that they have answered, the latest first. @throws Problem 404 when it is somebody else's */
  async agreedOf(actor: Actor, participantId: string, enrolmentId: string): Promise<{ enrolment: EnrolmentView; answers: AgreedStepView[] }> {
    const enrolment = await this.enrolmentOf(actor, participantId, enrolmentId);
    const found = await this.kept.agreedOf(actor, participantId, enrolmentId);
    const names = await this.namesOf(actor, found);
    return { enrolment, answers: found.map((one) => agreedStepView(one, names)) };
  }

  /** A no is kept and refuses the step; a yes, later, is an answer of its own. */
  async answer(actor: Actor, participantId: string, enrolmentId: string, given: AnswerStep): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    const enrolment = await this.enrolmentOf(actor, participantId, enrolmentId);
    if (enrolment.closedOn) throw supportEnded();
    await this.participants.checkDay(actor, [participantId], 'answeredOn', given.answeredOn);
    const agreed: AgreedStep = {
      id: newId(), serviceId, participantId, enrolmentId, toWhat: given.to, answer: given.answer, answeredOn: given.answeredOn, format: given.format, giver: given.giver,
      recordedAt: this.clock.now(), recordedBy: actor.id,
    };
    this.kept.insertAgreed(agreed);
    await this.audit.record(actor, 'agreed-step.answered', { kind: 'agreed-step', id: agreed.id, participantId }, { to: given.to, answer: given.answer });
    await this.steps.factsChanged(actor, 'agrees', [participantId], true);
    return agreed.id;
  }

  private async enrolmentOf(actor: Actor, participantId: string, enrolmentId: string): Promise<EnrolmentView> {
    const enrolment = await this.enrolments.get(actor, enrolmentId);
    if (enrolment.participantId !== participantId) throw notFound();
    return enrolment;
  }

  private async namesOf(actor: Actor, found: readonly { recordedBy: string | null }[]): Promise<Map<string, string>> {
    const ids = [...new Set(found.flatMap((one) => one.recordedBy ?? []))];
    return ids.length ? this.users.names(actor, ids) : new Map<string, string>();
  }
}
