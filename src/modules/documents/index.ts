export { DocumentsModule } from './documents.module';
export { DocumentsService, type AddDocument } from './documents.service';
export { DOCUMENT_KINDS, type DocumentKind } from './document.entity';
export { ACCEPTED } from './content';
export type { DocumentSubject, DocumentView } from './documents.dto';
