/** Two records of one employer have become one: whatever hung on `from` hangs on `into` now. */
export class EmployersMerged {
  constructor(
    readonly from: string,
    readonly into: string,
    /** Who had decided what one of the two may know. */
    readonly participantIds: readonly string[],
  ) {}
}
