import { Injectable } from '@nestjs/common';
import type { Actor, Language } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { newId } from '../../platform/id';
import { plain } from '../../platform/spelling';
import { Words } from '../../platform/views/words';
import { csv } from '../../platform/web/csv';
import { AuditService } from '../audit';
import { EmployersService } from '../employers';
import { ParticipantsService } from '../participants';
import { EnrolmentsService } from '../pathways';
import { Application } from './application.entity';
import { applicationView, type ApplicationGiven, type ApplicationView, type EditApplication } from './employment-advice.dto';
import { EmploymentAdviceRepository } from './employment-advice.repository';
import { FirstContactTask } from './first-contact-task';
import { Interviews } from './interviews';

const COLUMNS = ['employerName', 'title', 'state', 'stateOn', 'appliedOn', 'interviewOn', 'foundBy', 'note'] as const;

/** Applications and interviews of a person, in a simple list. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly kept: EmploymentAdviceRepository,
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly employers: EmployersService,
    private readonly interviews: Interviews,
    private readonly firstContact: FirstContactTask,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly words: Words,
  ) {}

  /** Those under way first, the latest news first. */
  async of(actor: Actor, participantId: string): Promise<ApplicationView[]> {
    const all = (await this.kept.applicationsOf(actor, participantId)).map(applicationView);
    return [...all.filter((one) => !one.ended), ...all.filter((one) => one.ended)];
  }

  async get(actor: Actor, participantId: string, id: string): Promise<ApplicationView> {
    return applicationView(await this.kept.application(actor, participantId, id));
  }

  async add(actor: Actor, participantId: string, given: ApplicationGiven): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    const application = Object.assign(new Application(), {
      ...await this.told(actor, participantId, given), id: newId(), serviceId, participantId, enrolmentId: await this.enrolmentOf(actor, participantId),
      createdAt: this.clock.now(), createdBy: actor.id, version: 1,
    });
    this.kept.insertApplication(application);
    await this.audit.record(actor, 'application.added', { kind: 'application', id: application.id, participantId }, { state: application.state });
    await this.interviews.refresh(actor, participantId);
    await this.firstContact.follow(actor, participantId);
    return application.id;
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async edit(actor: Actor, participantId: string, id: string, given: EditApplication): Promise<boolean> {
    await this.participants.hold(actor, participantId);
    const application = await this.kept.application(actor, participantId, id);
    const isMoved = given.state !== application.state;
    const patch = await this.told(actor, participantId, { ...given, stateOn: given.stateOn ?? (isMoved ? undefined : application.stateOn) });
    const fields = Object.keys(patch).filter((name) => patch[name as keyof typeof patch] !== application[name as keyof typeof patch]);
    if (fields.length === 0) return false;
    await this.kept.changeApplication({ id, version: given.version }, patch);
    await this.audit.record(actor, 'application.edited', { kind: 'application', id, participantId }, { fields, state: patch.state });
    await this.interviews.refresh(actor, participantId);
    await this.firstContact.follow(actor, participantId);
    return true;
  }

  /** The list as a table, in the reader's language. */
  async export(actor: Actor, participantId: string, language: Language): Promise<string> {
    const say = (key: string): string => this.words.say(language, `employment-advice.${key}`);
    const rows = (await this.of(actor, participantId)).map((one) => COLUMNS.map((name) => (name === 'state' || name === 'foundBy' ? say(`${name}.${one[name]}`) : one[name])));
    return csv(COLUMNS.map((name) => say(`field.${name}`)), rows);
  }

  /** What was told, its days not before the person's life. */
  private async told(actor: Actor, participantId: string, given: ApplicationGiven): Promise<Pick<Application, (typeof COLUMNS)[number] | 'employerId'>> {
    const { employerName, title, foundBy, state, stateOn = this.clock.today(actor.timeZone), appliedOn = null, interviewOn = null, note = null } = given;
    for (const [path, day] of Object.entries({ stateOn, appliedOn, interviewOn })) if (day) await this.participants.checkDay(actor, [participantId], path, day);
    return { employerId: await this.employerOf(actor, employerName), employerName, title, foundBy, state, stateOn, appliedOn, interviewOn, note };
  }

  /** The employer of the service that bears this name; none where it is nobody's, or several have it. One that has just been a double is looked for again. */
  private async employerOf(actor: Actor, name: string): Promise<string | null> {
    const [only, ...others] = (await this.employers.find(actor, name)).filter((one) => plain(one.name) === plain(name));
    if (!only || others.length) return null;
    return (await this.employers.holds(actor, only.id)) ? only.id : this.employerOf(actor, name);
  }

  /** The enrolment on employment advice that is open; none where there is none. */
  private async enrolmentOf(actor: Actor, participantId: string): Promise<string | null> {
    return (await this.enrolments.ofParticipant(actor, participantId)).find((one) => one.pathway === 'employment-advice' && one.closedOn === null)?.id ?? null;
  }
}
