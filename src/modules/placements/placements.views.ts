import type { EvidenceView, PlacementActView, PlacementView } from './placements.dto';
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
