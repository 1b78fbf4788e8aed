/** Between the person and the service; or with the employer, where the person lets them know of the support. */
export const AGREEMENT_KINDS = ['two-party', 'three-party'] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

/** Who signs. `legal` stands beside the person, where law asks for it, and never instead. */
export const PARTIES = ['participant', 'service', 'employer', 'legal'] as const;
export type Party = (typeof PARTIES)[number];

/** Whose hand it is. `legal` is offered so that it can be refused by its name: nobody signs in place of the person. */
export const SIGNERS = ['self', 'self-with-support', 'legal'] as const;
export type Signer = (typeof SIGNERS)[number];

/** The text of each kind that is in force: `agreements.wording.<kind>.<version>`; a change of text is a new version. */
export const WORDINGS: Record<AgreementKind, string> = { 'two-party': '1', 'three-party': '1' };

/** Every party that an agreement needs, in the order in which they are asked. */
export function partiesOf(kind: AgreementKind, legal: boolean): Party[] {
  return ['participant', ...(legal ? ['legal' as const] : []), 'service', ...(kind === 'three-party' ? ['employer' as const] : [])];
}

/** Those who have not signed yet. */
export function missingOf(kind: AgreementKind, legal: boolean, signed: readonly { party: Party }[]): Party[] {
  return partiesOf(kind, legal).filter((party) => !signed.some((one) => one.party === party));
}
