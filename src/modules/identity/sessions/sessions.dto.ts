/** A browser where the actor is signed in. */
export interface SessionView {
  id: string;
  /** What the browser says of itself, shortened. */
  browser: string;
  /** Its name and its system's, where they are known. */
  name: string | null;
  startedAt: string;
  lastSeenAt: string;
  isThis: boolean;
}
