import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { AuditService } from '../audit';
import { EnrolmentsRepository } from './enrolments.repository';
import { EnrolmentsService } from './enrolments.service';
import type { Enrolment } from './entities';
import { Happenings } from './happenings';
import type { MoveVersion, MoveView } from './pathways.dto';
import { enrolmentClosed, notAdoptable, stageNotInVersion } from './pathways.problems';
import { ProtocolsService } from './protocols.service';
import { moveView } from './views';

/** Another version of the protocol for a running enrolment: a manager's act, to the version that its programme goes by today. */
@Injectable()
export class MovesService {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly reader: EnrolmentsService,
    private readonly protocols: ProtocolsService,
    private readonly happenings: Happenings,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The version that it could go over to, with what would change; none where it goes by that one already. */
  async moves(actor: Actor, id: string): Promise<MoveView[]> {
    return this.movesOf(actor, await this.enrolments.get(actor, id));
  }

  /** Possible where its stage exists there too. What was put off stays put off; what its steps opened stays as they opened it. */
  async moveVersion(actor: Actor, id: string, command: MoveVersion): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, id);
    if (enrolment.closedOn) throw enrolmentClosed();
    const choice = (await this.movesOf(actor, enrolment)).find((one) => one.versionId === command.versionId);
    if (!choice) throw notAdoptable();
    if (!choice.possible) throw stageNotInVersion();
    await this.enrolments.update({ id, version: command.version }, { pausedDays: enrolment.pausedDays });
    await this.enrolments.moveVersion(id, command.versionId, command.reason, this.clock.now());
    await this.reader.wantWhereItStands(actor, id, true);
    const moved = await this.enrolments.get(actor, id);
    await this.happenings.follow(actor, moved, await this.reader.protocolOf(moved), await this.enrolments.stepsOf(actor, id));
    await this.audit.record(actor, 'enrolment.moved', { kind: 'enrolment', id, participantId: enrolment.participantId }, { from: enrolment.protocolVersionId, to: command.versionId }, command.reason);
  }

  private async movesOf(actor: Actor, enrolment: Enrolment): Promise<MoveView[]> {
    const adopted = await this.protocols.adoptedFor(actor, enrolment.operationId, enrolment.pathway);
    if (!adopted || adopted === enrolment.protocolVersionId) return [];
    const versions = await this.protocols.documents([adopted, enrolment.protocolVersionId]);
    const version = versions.get(adopted)!;
    // A programme may reach beyond the federation that wrote the version.
    if (version.federationId !== null && version.federationId !== actor.federation) return [];
    return [moveView(enrolment, versions.get(enrolment.protocolVersionId)!.document, version)];
  }
}
