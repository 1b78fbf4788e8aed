/** Which part of a file an action of the log is about, in the words of who reads "who opened this file". */
const AREAS: Record<string, string> = {
  participant: 'file', recognition: 'profile', profile: 'profile', 'washington-group': 'profile', family: 'profile', entry: 'profile',
  consent: 'information', measure: 'information', assignment: 'coach', enrolment: 'pathway', happening: 'pathway', referral: 'pathway', step: 'pathway', activity: 'activity', 'agenda-entry': 'agenda',
};

export function areaOf(action: string): string {
  return AREAS[action.split('.')[0]!] ?? 'other';
}
