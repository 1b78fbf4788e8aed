abstract class EnrolmentEvent {
  constructor(
    readonly enrolmentId: string,
    readonly participantId: string,
  ) {}
}

/** Somebody was referred, or came. */
export class EnrolmentOpened extends EnrolmentEvent {}
/** The clock of its stage stands still. */
export class EnrolmentPaused extends EnrolmentEvent {}
export class EnrolmentResumed extends EnrolmentEvent {}

export class StepTaken extends EnrolmentEvent {
  constructor(enrolmentId: string, participantId: string, readonly stepId: string) {
    super(enrolmentId, participantId);
  }
}
/** A step was taken back: what it scheduled is withdrawn, what it had withdrawn comes back. */
export class StepAnnulled extends EnrolmentEvent {
  constructor(enrolmentId: string, participantId: string, readonly stepId: string) {
    super(enrolmentId, participantId);
  }
}
