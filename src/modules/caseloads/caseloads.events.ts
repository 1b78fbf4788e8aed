/** A person has another lead, from a day that may still come. */
export class HandedOver {
  constructor(readonly participantId: string) {}
}
