import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { wrongField } from '../../platform/problem';
import { Download } from '../../platform/web/page';
import type { UploadedFile } from '../../platform/web/uploads';
import { AuditService } from '../audit';
import { StepsService } from '../pathways';
import { documentRemoved, fileMissing, mediaTypeOf } from './content';
import type { Document, DocumentKind } from './document.entity';
import { documentView, type DocumentSubject, type DocumentView } from './documents.dto';
import { DocumentsRepository } from './documents.repository';

/** What a document is added with. */
export interface AddDocument {
  participantId: string;
  subject: DocumentSubject;
  kind: DocumentKind;
  file: UploadedFile | null;
  /** The day that stands on it. */
  datedOn?: Day | null;
  /** The form's field, where a fault is told; `file` when absent. */
  field?: string;
}

/**
 * Papers about people, each hanging on what it proves. Whoever owns the subject asks for the file, checks the subject, and serves it: nothing here has an address.
 * The caller has seen the person.
 */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly steps: StepsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 422 where no file came, or one that is no document, or not what its name says */
  async add(actor: Actor, { participantId, subject, kind, file, datedOn = null, field = 'file' }: AddDocument): Promise<string> {
    if (!file) throw fileMissing(field);
    const content = await readFile(file.path);
    const mediaType = await mediaTypeOf(content, file.name, field);
    if (datedOn && datedOn > this.clock.today(actor.timeZone)) throw wrongField('datedOn', 'day-in-future');
    this.documents.hold(participantId);
    const document: Document = {
      id: newId(), serviceId: actor.service!, participantId, subjectKind: subject.kind, subjectId: subject.id, kind, name: file.name, mediaType, bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'), datedOn, addedAt: this.clock.now(), addedBy: actor.onBehalfOf ?? actor.id, removedAt: null, removedBy: null, removedReason: null, version: 1,
    };
    await this.documents.insert(document, content);
    // The name that a file came with may be a person's, or say what it is about: it is not told.
    await this.audit.record(actor, 'document.added', { kind: 'document', id: document.id, participantId }, { kind, on: subject.kind });
    await this.steps.factsChanged(actor, 'document', [participantId], false);
    return document.id;
  }

  /** What hangs on this, the latest first, those taken away too. */
  async ofSubject(actor: Actor, participantId: string, subject: DocumentSubject): Promise<DocumentView[]> {
    return (await this.documents.of(actor, participantId, subject)).map(documentView);
  }

  async ofParticipant(actor: Actor, participantId: string): Promise<DocumentView[]> {
    return (await this.documents.of(actor, participantId)).map(documentView);
  }

  async byIds(actor: Actor, ids: readonly string[]): Promise<Map<string, DocumentView>> {
    return new Map((await this.documents.byIds(actor, ids)).map((one) => [one.id, documentView(one)]));
  }

  /** The file itself, to be kept and never shown inside a page; that it was opened is recorded. @throws Problem 404, 422 where it was taken away */
  async open(actor: Actor, id: string, subject: DocumentSubject): Promise<Download> {
    const document = await this.documents.get(actor, id, subject);
    if (document.removedAt) throw documentRemoved();
    const content = await this.documents.contentOf(actor, id);
    this.audit.opened(actor, 'document.opened', { kind: 'document', id, participantId: document.participantId });
    return new Download(document.name, document.mediaType, content);
  }

  /** Added in error, or not to be kept: it proves nothing any more; its line and the reason stay. */
  async remove(actor: Actor, id: string, subject: DocumentSubject, given: { reason: string; version: number }): Promise<void> {
    const { participantId } = await this.documents.get(actor, id, subject);
    this.documents.hold(participantId);
    const document = await this.documents.get(actor, id, subject);
    if (document.removedAt) throw documentRemoved();
    await this.documents.change({ id, version: given.version }, { removedAt: this.clock.now(), removedBy: actor.id, removedReason: given.reason });
    await this.audit.record(actor, 'document.removed', { kind: 'document', id, participantId }, null, given.reason);
    await this.steps.factsChanged(actor, 'document', [participantId], true);
  }
}
