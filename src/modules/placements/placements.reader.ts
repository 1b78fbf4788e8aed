import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import { notFound } from '../../platform/problem';
import type { Download } from '../../platform/web/page';
import { AuditService } from '../audit';
import { DocumentsService } from '../documents';
import { UsersService } from '../identity';
import { ParticipantsService } from '../participants';
import { documentSubject } from './papers';
import type { JobFact, PlacementFile, PlacementView } from './placements.dto';
import type { PlacementEvidence } from './placements.entities';
import { PlacementsRepository } from './placements.repository';
import { actView, jobFacts, placementView } from './placements.views';
import { Workplaces } from './workplaces';

/** Jobs as they stand, and as they were on any day. */
@Injectable()
export class PlacementsReader {
  constructor(
    private readonly placements: PlacementsRepository,
    private readonly participants: ParticipantsService,
    private readonly users: UsersService,
    private readonly documents: DocumentsService,
    private readonly workplaces: Workplaces,
    private readonly audit: AuditService,
  ) {}

  /** A person's jobs, those to come first, then the latest first day first; those entered in error too, marked. */
  async of(actor: Actor, participantId: string): Promise<PlacementView[]> {
    return (await this.forMany(actor, [participantId])).get(participantId) ?? [];
  }

  /** The same of several people, in two statements. */
  async forMany(actor: Actor, participantIds: readonly string[]): Promise<Map<string, PlacementView[]>> {
    const found = participantIds.length ? await this.placements.ofPeople(actor, participantIds) : [];
    const evidence = found.length ? await this.placements.evidenceOf(actor, participantIds) : [];
    const of = new Map<string, PlacementView[]>();
    for (const one of found) of.set(one.participantId, [...(of.get(one.participantId) ?? []), placementView(one, evidence)]);
    return of;
  }

  /** The jobs that the person held on that day, from the first to the last day worked. */
  async inWorkOn(actor: Actor, participantId: string, day: Day): Promise<PlacementView[]> {
    const found = (await this.placements.ofPeople(actor, [participantId])).filter((one) => one.runsOn(day));
    const evidence = found.length ? await this.placements.evidenceOf(actor, [participantId]) : [];
    return found.map((one) => placementView(one, evidence));
  }

  /** For whoever reads them by themselves: the reading of the person's file is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string, on: Day | null): Promise<PlacementView[]> {
    await this.participants.open(actor, participantId);
    return on ? this.inWorkOn(actor, participantId, on) : this.of(actor, participantId);
  }

  /** One job with all that was done with it; the reading is recorded. */
  async open(actor: Actor, participantId: string, id: string): Promise<PlacementFile> {
    const placement = await this.placements.get(actor, participantId, id);
    const history = await this.placements.changesOf(actor, placement);
    const names = await this.users.names(actor, [...new Set(history.flatMap((one) => one.recordedBy ?? []))]);
    this.audit.opened(actor, 'placement.opened', { kind: 'placement', id, participantId });
    return { ...placementView(placement, await this.placements.evidenceOf(actor, [participantId])), history: history.map((one) => actView(one, names)) };
  }

  /** What happened with a person's jobs: begun, changed, ended, never begun, noted in error. */
  async happened(actor: Actor, participantId: string): Promise<JobFact[]> {
    const placements = (await this.placements.ofPeople(actor, [participantId])).filter((one) => one.state !== 'planned');
    if (placements.length === 0) return [];
    const changes = await this.placements.changesOfPerson(actor, participantId);
    const employers = await this.workplaces.names(actor, placements.map((one) => one.employerId));
    const names = await this.users.names(actor, [...new Set(changes.flatMap((one) => one.recordedBy ?? []))]);
    return placements.flatMap((one) => jobFacts(one, changes.filter(({ placementId }) => placementId === one.id), employers.get(one.employerId) ?? null, names));
  }

  /** One piece of evidence, by its paper. @throws Problem 404 where there is none on this job of this person, or it was removed */
  async evidence(actor: Actor, participantId: string, id: string, documentId: string): Promise<PlacementEvidence> {
    const found = (await this.placements.evidenceOf(actor, [participantId])).find((one) => one.placementId === id && one.documentId === documentId);
    if (!found) throw notFound();
    return found;
  }

  /** The file of a piece of evidence. @throws Problem 404 where it does not hang on this job of this person */
  async document(actor: Actor, participantId: string, id: string, documentId: string): Promise<Download> {
    const placement = await this.placements.get(actor, participantId, id);
    return this.documents.open(actor, documentId, documentSubject(placement.id));
  }
}
