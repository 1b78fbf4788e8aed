import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Day } from '../../platform/days';
import { FactsRegistry, type Fact } from '../pathways';
import { standsOn, type Agreement } from './agreement.entities';
import { AgreementsRepository } from './agreements.repository';
import { AGREEMENT_KINDS, type AgreementKind } from './parties';

/** What a protocol may ask of agreements: that one of a kind is signed by everybody whom it needs. */
@Injectable()
export class AgreementFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly agreements: AgreementsRepository,
  ) {}

  onModuleInit(): void {
    this.facts.register('agreement', async (actor, { enrolmentId, participantId }, { params = {} }, on) =>
      factOf(await this.agreements.ofEnrolment(actor, enrolmentId), params.kind as AgreementKind, { enrolmentId, participantId }, on), canBeMet);
  }
}

/** Other kinds, and other parties, are nobody's to sign yet. */
export function canBeMet({ kind, signed = true, ...others }: Record<string, unknown>): boolean {
  return Object.keys(others).length === 0 && (AGREEMENT_KINDS as readonly unknown[]).includes(kind) && signed === true;
}

/** Met on the day of the last signature that the first of them needed. */
export function factOf(
  agreements: readonly Pick<Agreement, 'id' | 'kind' | 'signedOn' | 'untilOn' | 'endedOn'>[], kind: AgreementKind, { enrolmentId, participantId }: { enrolmentId: string; participantId: string }, on: Day,
): Fact {
  const ofKind = agreements.filter((one) => one.kind === kind);
  const [first] = ofKind.filter((one) => standsOn(one, on)).sort((a, b) => (a.signedOn! < b.signedOn! ? -1 : 1));
  const waiting = ofKind.find((one) => one.signedOn === null && one.endedOn === null);
  const one = first ?? waiting;
  return {
    have: first ? 1 : 0, need: 1, metOn: first?.signedOn ?? null, evidence: first ? [{ kind: 'agreement', id: first.id, level: 'worker' }] : [],
    where: one ? `/participants/${participantId}/agreements/${one.id}` : `/participants/${participantId}/agreements/new?enrolment=${enrolmentId}&kind=${kind}`,
    missing: first ? [] : [{ code: waiting ? 'signatures' : 'agreement', words: `agreements.factMissing.${waiting ? 'signatures' : 'agreement'}` }],
  };
}
