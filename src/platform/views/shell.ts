import type { Language, Role } from '../access/actor';
import type { NavigationSection } from '../web/navigation';

/** What the frame around a page needs, beside the page's own model. */
export interface Shell {
  /** `app` for who is signed in, `portal` for who is not. */
  layout: 'app' | 'portal';
  language: Language;
  /** Where the reader is, with the query: the language links and the current entry follow it. */
  path: string;
  user: { name: string; role: Role } | null;
  place: string | null;
  navigation: NavigationSection[];
  /** Goes into every form as `_token`. */
  token: string;
  /** Goes into every form as `_key`: the same form sent twice does its work once. */
  key: string;
  quickContact: boolean;
  /** Key of the words shown once after an act. */
  notice: string | null;
  requestId: string;
}
