import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { dayOf } from '../../platform/days';
import { FactsRegistry, type Fact, type FactSubject, type Requirement } from '../pathways';
import { DOCUMENT_KINDS, type Document } from './document.entity';
import { DocumentsRepository } from './documents.repository';

/** What a protocol may ask of papers: that one of this kind is there. */
@Injectable()
export class DocumentFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly documents: DocumentsRepository,
  ) {}

  onModuleInit(): void {
    this.facts.register('document', (actor, subject, requirement) => this.gather(actor, subject, requirement), canBeMet);
  }

  private async gather(actor: Actor, { participantId }: FactSubject, { params = {} }: Requirement): Promise<Fact> {
    const kept = (await this.documents.of(actor, participantId)).filter((one) => one.kind === params.kind && one.removedAt === null);
    return factOf(kept, (at) => dayOf(at, actor.timeZone), `/participants/${participantId}`);
  }
}

/** A protocol that asks for a paper of another kind asks for what nobody can add. */
export function canBeMet({ kind, ...others }: Record<string, unknown>): boolean {
  return (DOCUMENT_KINDS as readonly unknown[]).includes(kind) && Object.keys(others).length === 0;
}

/** Met on the day that stands on the earliest of them, or else the day it came. @param dayOf the day of an instant at the reader's place */
export function factOf(kept: readonly Pick<Document, 'id' | 'datedOn' | 'addedAt'>[], dayOf: (at: Date) => string, where: string): Fact {
  const days = kept.map((one) => one.datedOn ?? dayOf(one.addedAt)).sort();
  return { have: Math.min(kept.length, 1), need: 1, metOn: days[0] ?? null, evidence: kept.map(({ id }) => ({ kind: 'document', id, level: 'document' as const })), where, missing: [] };
}
