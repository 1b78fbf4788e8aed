import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { addDays, addMonths, daysBetween } from '../../platform/days';
import { Events } from '../../platform/events';
import { AgendaService } from '../agenda';
import { AuditService } from '../audit';
import { ActsRepository } from './acts.repository';
import { pauseKey, stageKey } from './deadlines';
import { EnrolmentsRepository } from './enrolments.repository';
import { EnrolmentsService } from './enrolments.service';
import { Happenings, listens } from './happenings';
import { OpenTasks } from './open-tasks';
import type { Pause, Resume } from './pathways.dto';
import { EnrolmentPaused, EnrolmentResumed } from './pathways.events';
import { alreadyPaused, enrolmentClosed, notPaused, tooEarly, tooLate } from './pathways.problems';

/** Months after which a pause is looked at again, and written anew where it goes on. */
const LONGEST_PAUSE = 12;

/** A pause stops the clock: of the stage, and of what its steps have made due. */
@Injectable()
export class PausesService {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly acts: ActsRepository,
    private readonly reader: EnrolmentsService,
    private readonly tasks: OpenTasks,
    private readonly happenings: Happenings,
    private readonly agenda: AgendaService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Until a day that is known. */
  async pause(actor: Actor, id: string, command: Pause): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, id);
    const today = this.clock.today(actor.timeZone);
    if (enrolment.closedOn) throw enrolmentClosed();
    if (enrolment.pausedOn) throw alreadyPaused();
    if (command.until <= today) throw tooEarly('until', addDays(today, 1));
    if (command.until > addMonths(today, LONGEST_PAUSE)) throw tooLate('until', addMonths(today, LONGEST_PAUSE));
    await this.enrolments.update({ id, version: command.version }, { pausedOn: today, pauseUntil: command.until, pauseReason: command.reason });
    await this.acts.insert(actor, enrolment, { kind: 'paused', happenedOn: today, recordedAt: this.clock.now(), untilOn: command.until, reason: command.reason });
    await this.agenda.done(actor, enrolment.participantId, stageKey(id), 'withdrawn');
    await this.move(actor, id);
    await this.audit.record(actor, 'enrolment.paused', { kind: 'enrolment', id, participantId: enrolment.participantId }, { until: command.until }, command.reason);
    await this.events.publish(new EnrolmentPaused(id, enrolment.participantId));
  }

  async resume(actor: Actor, id: string, command: Resume): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, id);
    if (!enrolment.pausedOn) throw notPaused();
    const today = this.clock.today(actor.timeZone);
    const days = daysBetween(enrolment.pausedOn, today);
    await this.enrolments.update({ id, version: command.version }, { pausedOn: null, pauseUntil: null, pauseReason: null, pausedDays: enrolment.pausedDays + days });
    await this.acts.insert(actor, enrolment, { kind: 'resumed', happenedOn: today, recordedAt: this.clock.now(), days });
    await this.agenda.done(actor, enrolment.participantId, pauseKey(id));
    await this.move(actor, id);
    await this.audit.record(actor, 'enrolment.resumed', { kind: 'enrolment', id, participantId: enrolment.participantId }, { days });
    await this.events.publish(new EnrolmentResumed(id, enrolment.participantId));
  }

  /** All that is due moves with the clock. */
  private async move(actor: Actor, id: string): Promise<void> {
    await this.reader.wantWhereItStands(actor, id);
    const enrolment = await this.enrolments.get(actor, id);
    await this.tasks.shift(actor, enrolment);
    const document = await this.reader.protocolOf(enrolment);
    if (listens(document)) await this.happenings.follow(actor, enrolment, document, await this.enrolments.stepsOf(actor, id));
  }
}
