import type { Language } from '../access/actor';
import type { Day } from '../days';
import type { NavigationSection } from '../web/navigation';
import type { Notice } from '../web/notice';

/** What the frame of a page needs to know of the request. Templates read it as `@shell`. */
export interface Shell {
  /** `app` has the navigation of who is signed in; `portal` has the mark and the languages only. */
  layout: 'app' | 'portal';
  language: Language;
  /** Path and query as asked. */
  path: string;
  user: { name: string; role: string } | null;
  /** Name of the service, programme or federation. */
  place: string | null;
  navigation: NavigationSection[];
  /** What every form carries against a change that another site makes the browser send. */
  token: string;
  /** What every form carries so that a double click does its work once. */
  key: string;
  quickContact: boolean;
  /** Shown once, after an act. */
  notice: Notice | null;
  requestId: string;
  today: Day;
  timeZone: string;
}
