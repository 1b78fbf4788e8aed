import { conflict, Problem, wrongField } from '../../platform/problem';

/** Where a spell stands that another would overlap. */
export interface Spell {
  id: string;
  participantId: string;
  title: string;
  firstDayOn: string;
  lastDayOn: string | null;
}

/** 422: the same person at the same employer on the same day, twice. Names the other spell and where it stands. */
export const spellOverlaps = (path: string, { id, participantId, title, firstDayOn, lastDayOn }: Spell): Problem =>
  new Problem(422, 'invalid', { count: 1 }, [{ path, code: 'spell-overlaps', values: { title, from: firstDayOn, until: lastDayOn ?? '', open: lastDayOn ? 'no' : 'yes' } }],
    { other: { id, title, firstDayOn, lastDayOn, where: `/participants/${participantId}/placements/${id}` } });
export const tooYoung = (path: string, years: number): Problem => wrongField(path, 'below-working-age', { years });
export const unknownSite = (): Problem => wrongField('siteId', 'not-in-list');
export const notPlanned = (): Problem => conflict('placement-not-planned');
export const notStarted = (): Problem => conflict('placement-not-started');
export const notRunning = (): Problem => conflict('placement-not-running');
export const notEnded = (): Problem => conflict('placement-not-ended');
export const placementAnnulled = (): Problem => conflict('placement-annulled');
