import type { OpeningView } from '../../audit';

/** Which part of a file an action of the log is about, in the words of who reads "who opened this file". */
const AREAS: Record<string, string> = {
  participant: 'file', recognition: 'profile', profile: 'profile', 'washington-group': 'profile', family: 'profile', entry: 'profile',
  consent: 'information', measure: 'information', disclosure: 'information', assignment: 'coach', enrolment: 'pathway', happening: 'pathway', referral: 'pathway', step: 'pathway', activity: 'activity', 'agenda-entry': 'agenda',
};

/** A day of somebody in the file as the page says it: what was read, what was changed, by parts of the file, and the acts that changed it. */
export function openedLine({ acts, ...line }: OpeningView): Omit<OpeningView, 'acts'> & { read: string[]; changed: string[]; said: string[] } {
  const areas = (isRead: boolean): string[] => [...new Set(acts.filter((one) => one.isRead === isRead).map(({ action }) => AREAS[action.split('.')[0]!] ?? 'other'))];
  return { ...line, read: areas(true), changed: areas(false), said: [...new Set(acts.filter(({ isRead }) => !isRead).map(({ said }) => said))] };
}
