/** A browser where the actor is signed in. */
export interface SessionView {
  id: string;
  /** What the browser says of itself, shortened. */
  browser: string;
  startedAt: string;
  lastSeenAt: string;
  isThis: boolean;
}
