import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';
import type { UploadedFile } from '../../platform/web/uploads';
import { DocumentsService, type DocumentKind } from '../documents';
import { levelOf, type EvidenceAbout, type EvidenceKind, type Level } from './placement.lists';
import type { Placement } from './placements.entities';
import { PlacementsRepository } from './placements.repository';

/** The file that came with a piece of evidence; none where it is somebody's word. */
export type Paper = UploadedFile | null;

/** Bytes that a paper may have. */
export const LARGEST_PAPER = 10_485_760;

const DOCUMENT_OF: Record<EvidenceKind, DocumentKind> = {
  contract: 'contract', payslip: 'payslip', declaration: 'declaration', certificate: 'certificate', 'employer-word': 'letter', 'worker-word': 'letter', 'coach-word': 'other',
};
export const documentSubject = (placementId: string): { kind: string; id: string } => ({ kind: 'placement', id: placementId });

/** What shows that somebody was there on a day: a word, or a paper that is kept. */
@Injectable()
export class Papers {
  constructor(
    private readonly placements: PlacementsRepository,
    private readonly documents: DocumentsService,
    private readonly clock: Clock,
  ) {}

  /** @returns how much it shows */
  async add(actor: Actor, placement: Pick<Placement, 'id' | 'serviceId' | 'participantId'>, given: { about: EvidenceAbout; onDay: Day; evidence: EvidenceKind; evidenceNote?: string }, paper: Paper): Promise<Level> {
    const { id: placementId, serviceId, participantId } = placement;
    const documentId = paper && await this.documents.add(actor, { participantId, subject: documentSubject(placementId), kind: DOCUMENT_OF[given.evidence], file: paper });
    const level = levelOf(given.evidence, documentId !== null);
    this.placements.keepEvidence({
      id: newId(), placementId, serviceId, participantId, about: given.about, onDay: given.onDay, kind: given.evidence, level, documentId, note: given.evidenceNote ?? null,
      recordedAt: this.clock.now(), recordedBy: actor.id, withdrawnAt: null,
    });
    return level;
  }

  /** The file is seen by nobody any more; that it was there and why it went stay. */
  async takeAway(actor: Actor, placementId: string, documentId: string, reason: string): Promise<void> {
    const version = (await this.documents.byIds(actor, [documentId])).get(documentId)!.version;
    // eslint-disable-next-line no-restricted-syntax -- a use case of documents, which keeps its line; not the mapper's remove()
    await this.documents.remove(actor, documentId, documentSubject(placementId), { reason, version });
  }
}
