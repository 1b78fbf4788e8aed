/** Somebody new is accompanied by the service. */
export class ParticipantRegistered {
  constructor(readonly participantId: string) {}
}
/** The person said yes or no to a purpose, or took a yes back. */
export class ConsentAnswered {
  constructor(readonly participantId: string) {}
}
/** Who signs beside the person was noted, changed, or taken back as an error. */
export class MeasureChanged {
  constructor(readonly participantId: string) {}
}
