import type { Day } from '../../platform/days';
import type { Document, DocumentKind } from './document.entity';

/** What a document hangs on. */
export interface DocumentSubject {
  kind: string;
  id: string;
}

export interface DocumentView {
  id: string;
  subject: DocumentSubject;
  kind: DocumentKind;
  name: string;
  mediaType: string;
  bytes: number;
  datedOn: Day | null;
  addedAt: string;
  addedBy: string | null;
  /** Set where it was taken away: its line and why stay, its content is shown to nobody. */
  removed: { at: string; reason: string } | null;
  version: number;
}

export function documentView(one: Document): DocumentView {
  const { id, kind, name, mediaType, bytes, datedOn, addedBy, version } = one;
  return {
    id, subject: { kind: one.subjectKind, id: one.subjectId }, kind, name, mediaType, bytes, datedOn, addedAt: one.addedAt.toISOString(), addedBy,
    removed: one.removedAt ? { at: one.removedAt.toISOString(), reason: one.removedReason! } : null, version,
  };
}
