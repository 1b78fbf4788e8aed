/** Somebody new is accompanied by the service. */
export class ParticipantRegistered {
  constructor(readonly participantId: string) {}
}
