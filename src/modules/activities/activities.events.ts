/** Something was done for these people, or what was written about it was corrected or withdrawn: whoever counts contacts looks again. */
export class ContactLogged {
  constructor(
    readonly activityId: string,
    readonly participantIds: readonly string[],
    /** Corrected or withdrawn: what it had settled may be open again. */
    readonly mayBeGone: boolean,
    /** The keys of what stood open on the agenda of these people. */
    private readonly open: ReadonlySet<string>,
  ) {}

  /** Whether it may change what stands, or could stand, under keys that begin so: a contact that is new closes, and never opens. */
  concerns(prefix: string): boolean {
    return this.mayBeGone || [...this.open].some((key) => key.startsWith(prefix));
  }
}
