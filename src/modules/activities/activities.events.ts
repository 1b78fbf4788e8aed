/** Something was done for these people, or what was written about it was corrected or withdrawn: whoever counts contacts looks again. */
export class ContactLogged {
  constructor(
    readonly activityId: string,
    readonly participantIds: readonly string[],
    /** Corrected or withdrawn: what it had settled may be open again. */
    readonly mayBeGone: boolean,
  ) {}
}
