/** What may be known of this person at work was decided anew, ended, or taken back in part. */
export class DisclosureDecided {
  constructor(readonly participantId: string) {}
}
