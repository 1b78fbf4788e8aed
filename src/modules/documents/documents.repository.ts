import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { AppKey } from '../../platform/database/context';
import { Database } from '../../platform/database/database';
import { notFound } from '../../platform/problem';
import { Seal } from '../../platform/seal';
import { Visibility } from '../caseloads';
import { Document, DocumentContent } from './document.entity';
import type { DocumentSubject } from './documents.dto';

@Injectable()
export class DocumentsRepository {
  private readonly seal: Seal;

  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
    key: AppKey,
  ) {
    this.seal = new Seal(key.bytes, 'document');
  }

  hold(participantId: string): void {
    this.database.hold([participantId]);
  }

  async insert(document: Document, content: Buffer): Promise<void> {
    const { id: documentId, serviceId, participantId } = document;
    await this.database.of(Document).insert(document);
    await this.database.of(DocumentContent).insert({ documentId, serviceId, participantId, content: this.seal.closeBytes(content, documentId) });
  }

  /** The latest first. @param subject nothing: whatever it hangs on */
  of(actor: Actor, participantId: string, subject?: DocumentSubject): Promise<Document[]> {
    const query = this.seen(actor).andWhere('d.participantId = :participantId', { participantId }).orderBy('d.addedAt', 'DESC').addOrderBy('d.id', 'DESC');
    return (subject ? query.andWhere('d.subjectKind = :kind and d.subjectId = :id', subject) : query).getMany();
  }

  byIds(actor: Actor, ids: readonly string[]): Promise<Document[]> {
    return ids.length ? this.seen(actor).andWhere('d.id in (:...ids)', { ids }).orderBy('d.id').getMany() : Promise.resolve([]);
  }

  async get(actor: Actor, id: string, subject: DocumentSubject): Promise<Document> {
    const found = await this.seen(actor).andWhere('d.id = :document and d.subjectKind = :kind and d.subjectId = :id', { document: id, ...subject }).getOne();
    if (!found) throw notFound();
    return found;
  }

  async contentOf(actor: Actor, id: string): Promise<Buffer> {
    const { sql, params } = this.visibility.visible(actor, 'c.participant_id');
    const found = await this.database.of(DocumentContent).createQueryBuilder('c').where('c.documentId = :id', { id }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    const content = this.seal.openBytes(found.content, id);
    if (!content) throw new Error(`the file of document ${id} does not open with this key`);
    return content;
  }

  async change(at: { id: string; version: number }, patch: Partial<Document>): Promise<void> {
    await this.database.updateOne(Document, at, patch);
  }

  private seen(actor: Actor): SelectQueryBuilder<Document> {
    const { sql, params } = this.visibility.visible(actor, 'd.participant_id');
    return this.database.of(Document).createQueryBuilder('d').where(sql, params);
  }
}
