import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import type { Fact } from './engine';
import { EnrolmentsRepository } from './enrolments.repository';
import { FactsRegistry, type FactSubject } from './facts';

/** What this module itself knows of the requirements of protocols: how the person came, and by what right. */
@Injectable()
export class ReferralFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly enrolments: EnrolmentsRepository,
  ) {}

  onModuleInit(): void {
    this.facts.register('referral', (actor, subject) => this.referral(actor, subject));
    this.facts.register('entitlement', (actor, subject, _, on) => this.entitlement(actor, subject, on));
  }

  private async referral(actor: Actor, subject: FactSubject): Promise<Fact> {
    const referral = await this.enrolments.referralOf(actor, subject.enrolmentId);
    return { have: 1, need: 1, metOn: referral.receivedOn, evidence: [{ kind: 'referral', id: referral.id, level: 'coach' }], where: referralPage(subject), missing: [] };
  }

  /** Met by a right to the service that is in force on the day; its absence warns and never ends a support. */
  private async entitlement(actor: Actor, subject: FactSubject, on: Day): Promise<Fact> {
    const referral = await this.enrolments.referralOf(actor, subject.enrolmentId);
    const from = referral.entitlementFrom ?? referral.decisionOn ?? referral.receivedOn;
    const holds = referral.entitlement !== null && referral.entitlement !== 'none' && (referral.entitlementUntil === null || referral.entitlementUntil >= on);
    return {
      have: holds ? 1 : 0, need: 1, metOn: holds ? from : null, evidence: holds ? [{ kind: 'referral', id: referral.id, level: 'coach' }] : [], where: referralPage(subject),
      missing: holds ? [] : [{ code: 'entitlement', words: 'pathways.missing.entitlement' }],
    };
  }
}

function referralPage(subject: FactSubject): string {
  return `/participants/${subject.participantId}/enrolments/${subject.enrolmentId}/referral`;
}
