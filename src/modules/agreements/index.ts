export { AgreementsModule } from './agreements.module';
export { AgreementsService } from './agreements.service';
export { AGREEMENT_KINDS, type AgreementKind } from './parties';
export type { AgreementView } from './agreements.dto';
