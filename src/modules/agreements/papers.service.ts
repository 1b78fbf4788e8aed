import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Download } from '../../platform/web/page';
import type { UploadedFile } from '../../platform/web/uploads';
import { DocumentsService } from '../documents';
import { ParticipantsService } from '../participants';
import type { AttachPaper, RemovePaper } from './agreements.dto';
import { AgreementsRepository } from './agreements.repository';
import { subject } from './agreements.service';

/** The longest paper that is taken: a scan of some pages, some minutes of voice. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** The papers of an agreement: the signed copy, a recorded voice. They hang on it, and are seen by who sees it. */
@Injectable()
export class AgreementPapersService {
  constructor(
    private readonly agreements: AgreementsRepository,
    private readonly documents: DocumentsService,
    private readonly participants: ParticipantsService,
  ) {}

  async attach(actor: Actor, participantId: string, id: string, file: UploadedFile | null, { datedOn }: AttachPaper): Promise<string> {
    await this.participants.hold(actor, participantId);
    const agreement = await this.agreements.get(actor, participantId, id);
    if (datedOn) await this.participants.checkDay(actor, [participantId], 'datedOn', datedOn);
    return this.documents.add(actor, { participantId, subject: subject(agreement), kind: 'agreement', file, datedOn });
  }

  /** The file itself. @throws Problem 404 */
  async file(actor: Actor, participantId: string, id: string, document: string): Promise<Download> {
    return this.documents.open(actor, document, subject(await this.agreements.get(actor, participantId, id)));
  }

  async takeAway(actor: Actor, participantId: string, id: string, document: string, given: RemovePaper): Promise<void> {
    await this.participants.hold(actor, participantId);
    // eslint-disable-next-line no-restricted-syntax -- a use case of documents, which keeps its line; not the mapper's remove()
    await this.documents.remove(actor, document, subject(await this.agreements.get(actor, participantId, id)), given);
  }
}
