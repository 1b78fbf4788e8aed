import type { Actor } from '../access/actor';

export interface NavigationItem {
  href: string;
  /** Key of the words. */
  label: string;
  icon: string;
  /** What waits for this user; null where nothing is counted. */
  count: number | null;
}
export interface NavigationSection {
  /** Key of the words; null for the first. */
  title: string | null;
  items: NavigationItem[];
}

declare module 'express-serve-static-core' {
  interface Request {
    navigation?: NavigationSection[];
  }
}

/** The entries beside the page, those of the actor's role and no others. The last module provides it. */
export abstract class Navigation {
  abstract of(actor: Actor): Promise<NavigationSection[]>;

  /** What the menu offers for the actor's own account. */
  abstract own(actor: Actor): NavigationItem[];
}
