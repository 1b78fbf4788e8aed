import type { Day } from '../../platform/days';
import type { DocumentView } from '../documents';
import { type Agreement, type AgreementSignature } from './agreement.entities';
import type { AgreementState, AgreementView, SignatureView } from './agreements.dto';
import { missingOf, partiesOf } from './parties';

/** @param beside whether law asks for a signature beside the person's, and since when the agreement waits for a measure */
export function agreementView(
  one: Agreement, signatures: readonly AgreementSignature[], { legal, waitsSince, employerName, documents, today }: { legal: boolean; waitsSince: Day | null; employerName: string | null; documents: DocumentView[]; today: Day },
): AgreementView {
  const { id, participantId, enrolmentId, kind, employerId, wordingVersion, terms, fromOn, untilOn, signedOn, endedOn, endedReason, version } = one;
  return {
    id, participantId, enrolmentId, kind, employerId, employerName, wordingVersion, terms, fromOn, untilOn, state: stateOf(one, today), signedOn, ended: endedOn ? { on: endedOn, reason: endedReason! } : null,
    parties: partiesOf(kind, legal).map((party) => ({ party, signature: signatureView(signatures.find((signature) => signature.party === party)) })), missing: missingOf(kind, legal, signatures), waitsSince, documents, version,
  };
}

function stateOf({ signedOn, endedOn, untilOn }: Pick<Agreement, 'signedOn' | 'endedOn' | 'untilOn'>, today: Day): AgreementState {
  if (endedOn) return 'ended';
  if (untilOn && untilOn < today) return 'over';
  return signedOn ? 'signed' : 'waiting';
}

function signatureView(one: AgreementSignature | undefined): SignatureView | null {
  if (!one) return null;
  const { party, giver, name, capacity, method, witness, readAloudIn, readAloudBy, signedOn } = one;
  return { party, giver, name, capacity, method, witness, readAloudIn, readAloudBy, signedOn };
}
