import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { AgendaCheck, type Want } from '../agenda';
import { ActsRepository } from './acts.repository';
import { standing, standingWants } from './deadlines';
import { EnrolmentsRepository } from './enrolments.repository';
import { Happenings } from './happenings';
import { OpenTasks } from './open-tasks';
import { ProtocolsService } from './protocols.service';
import { Readiness } from './readiness';
import { StepEvidence } from './step-evidence';

/** What the pathways want done, computed again from the facts: the check of the agenda compares it with what was written act by act. */
@Injectable()
export class PathwayWants implements OnModuleInit {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly protocols: ProtocolsService,
    private readonly readiness: Readiness,
    private readonly happenings: Happenings,
    private readonly tasks: OpenTasks,
    private readonly evidence: StepEvidence,
    private readonly acts: ActsRepository,
    private readonly check: AgendaCheck,
  ) {}

  onModuleInit(): void {
    this.check.registerSource('pathways', (system, participantId) => this.all(system, participantId));
  }

  private async all(system: Actor, participantId: string | null): Promise<Want[]> {
    const wants: Want[] = [];
    const { enrolments, referrals, steps } = await this.enrolments.everything(system, participantId);
    const documents = await this.protocols.documents([...enrolments.map((one) => one.protocolVersionId), ...[...steps.values()].flat().map((row) => row.versionId)]);
    const happenings = await this.happenings.everything(system, participantId);
    const acts = await this.acts.everything(system, participantId);
    for (const enrolment of enrolments) {
      const { document } = documents.get(enrolment.protocolVersionId)!;
      const stood = standing(steps.get(enrolment.id) ?? []);
      const told = acts.get(enrolment.id) ?? [];
      wants.push(...standingWants(enrolment, document, referrals.get(enrolment.id)!, await this.readiness.of(system, enrolment, document)));
      wants.push(...(await this.happenings.missing(system, enrolment, document, happenings.get(enrolment.id) ?? [], steps.get(enrolment.id) ?? [], told)).missing);
      wants.push(...(await this.tasks.wants(system, enrolment, stood, told)), ...this.evidence.wants(enrolment, stood, told, documents));
    }
    return wants;
  }
}
