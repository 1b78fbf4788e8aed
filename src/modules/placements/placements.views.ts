import { changesShown } from './changes-shown';
import type { Act } from './placement.lists';
import type { EvidenceView, JobFact, PlacementActView, PlacementView } from './placements.dto';
import type { Placement, PlacementChange, PlacementEvidence } from './placements.entities';

export function placementView(placement: Placement, evidence: readonly PlacementEvidence[]): PlacementView {
  const { id, participantId, enrolmentId, employerId, state, terms, firstDayOn, neverStartedOn, annulledAt, version } = placement;
  return {
    id, participantId, enrolmentId, employerId, state, ...terms, firstDayOn, neverStartedOn,
    end: placement.lastDayOn === null ? null : {
      lastDayOn: placement.lastDayOn, precision: placement.endPrecision!, afterOn: placement.endAfterOn, by: placement.endBy!, reason: placement.endReason!, learntOn: placement.endLearntOn!,
    },
    annulled: annulledAt ? { at: annulledAt.toISOString(), reason: placement.annulledReason! } : null,
    evidence: evidence.filter(({ placementId }) => placementId === id).map(evidenceView), version,
  };
}

function evidenceView({ id, about, onDay, kind, level, documentId, note }: PlacementEvidence): EvidenceView {
  return { id, about, onDay, kind, level, documentId, note };
}

export function actView({ id, act, effectiveOn, before, after, reason, recordedAt, recordedBy }: PlacementChange, names: ReadonlyMap<string, string>): PlacementActView {
  return { id, act, effectiveOn, before, after, reason, recordedAt: recordedAt.toISOString(), recordedByName: recordedBy ? names.get(recordedBy) ?? null : null };
}

/** What happened with one job, of all that was done with it: where an act was corrected since, the last one says who wrote it. */
export function jobFacts(placement: Placement, changes: readonly PlacementChange[], employerName: string | null, names: ReadonlyMap<string, string>): JobFact[] {
  const { id, state, title, contract, firstDayOn, lastDayOn, neverStartedOn, currency, createdAt } = placement;
  const told = (what: JobFact['what'], on: string, by: PlacementChange | undefined, more: Partial<JobFact> = {}): JobFact => ({
    placementId: id, what, on, title, employerName, contract, end: null, changes: [], reason: by?.reason ?? null, recordedAt: (by?.recordedAt ?? createdAt).toISOString(),
    recordedByName: by?.recordedBy ? names.get(by.recordedBy) ?? null : null, ...more,
  });
  const last = (act: Act): PlacementChange | undefined => changes.findLast((one) => one.act === act);
  const annulled = last('annulled');
  if (annulled) return [told('annulled', annulled.effectiveOn, annulled)];
  if (state === 'never-started') return [told('never-started', neverStartedOn!, last('never-started'))];
  return [
    told('began', firstDayOn!, last('started')),
    ...changes.filter((one) => one.act === 'changed' && one.effectiveOn > firstDayOn!).map((one) => told('changed', one.effectiveOn, one, { changes: changesShown(actView(one, names), { currency }) })),
    ...(lastDayOn ? [told('ended', lastDayOn, last('ended'), { end: { by: placement.endBy!, reason: placement.endReason! } })] : []),
  ];
}
