import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { AgendaService, type Want } from '../agenda';
import { ActsRepository } from './acts.repository';
import { factTaskKeys, pausesOf, standing, taskKey, taskWants } from './deadlines';
import { isMet } from './engine';
import { EnrolmentsRepository } from './enrolments.repository';
import type { Enrolment, EnrolmentAct, StepRow } from './entities';
import { FactsRegistry, subjectOf } from './facts';
import { stepOf, type Kind, type Protocol, type Requirement } from './protocol';
import { ProtocolsService } from './protocols.service';

/** What a step has opened: whether a fact of the kind asked about can close it, and has. */
interface Opened {
  want: Want;
  isAsked: boolean;
  isMet: boolean;
}

/** The dated tasks that steps open, each by the protocol under which its step was taken: wanted, closed by their fact, withdrawn with their step, moved by a pause. */
@Injectable()
export class OpenTasks {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly acts: ActsRepository,
    private readonly protocols: ProtocolsService,
    private readonly facts: FactsRegistry,
    private readonly agenda: AgendaService,
    private readonly clock: Clock,
  ) {}

  /** Of a step that was just taken: but for what is there already. */
  async open(actor: Actor, document: Protocol, row: Omit<StepRow, 'pausedDays'>): Promise<void> {
    if (!row.key || !stepOf(document, row.key)?.opens?.length) return;
    const opened = await this.of(actor, await this.enrolments.get(actor, row.enrolmentId), [row]);
    for (const one of opened) if (!one.isMet) await this.agenda.want(actor, one.want);
  }

  /** Of a step that was taken back. */
  async withdraw(actor: Actor, enrolment: Enrolment, document: Protocol, row: StepRow): Promise<void> {
    for (const { want } of taskWants(enrolment, document, row, [])) await this.agenda.done(actor, enrolment.participantId, want.key, 'withdrawn');
  }

  /** True where a task is open that facts of this kind could close, or that another version opened and this one does not know. */
  concerned(document: Protocol, enrolment: Enrolment, kind: Kind, open: ReadonlySet<string>): boolean {
    const prefix = taskKey(enrolment.id, '');
    const tasks = [...open].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    const known = new Set(document.steps.flatMap((step) => (step.opens ?? []).map(({ key }) => key)));
    const asked = new Set(factTasks(document, kind).map(({ key }) => key));
    return tasks.some((key) => asked.has(key) || !known.has(key));
  }

  /** Facts of one kind have changed: tasks whose fact is there are done; where facts may have gone, the others are wanted again. */
  async follow(actor: Actor, enrolment: Enrolment, kind: Kind, mayBeGone: boolean): Promise<void> {
    const asked = (await this.standing(actor, enrolment, kind)).filter((one) => one.isAsked);
    const met = asked.filter((one) => one.isMet).map(({ want }) => want.key);
    if (met.length > 0) await this.agenda.done(actor, enrolment.participantId, met);
    if (mayBeGone) for (const one of asked) if (!one.isMet) await this.agenda.want(actor, one.want);
  }

  /** What a later module knows to be done, of a task that no requirement asks for: nothing happens where it is not open. The caller holds the person. */
  async done(actor: Actor, { id, participantId }: { id: string; participantId: string }, task: string): Promise<void> {
    await this.agenda.done(actor, participantId, taskKey(id, task));
  }

  /** What a later module knows to be asked of nobody for now: it goes, and `again` brings it back. The caller holds the person. */
  async notAsked(actor: Actor, { id, participantId }: { id: string; participantId: string }, task: string): Promise<void> {
    await this.agenda.done(actor, participantId, taskKey(id, task), 'withdrawn');
  }

  /** It is asked for again, by the day that the step had set: nothing happens where it is open, or no step that stands opens it. */
  async again(actor: Actor, enrolmentId: string, task: string): Promise<void> {
    const enrolment = await this.enrolments.get(actor, enrolmentId);
    if (enrolment.closedOn) return;
    for (const { want } of await this.standing(actor, enrolment)) if (want.key === taskKey(enrolmentId, task)) await this.agenda.want(actor, { ...want, keepsPostponed: true });
  }

  /** A pause began or ended: what is open moves by its days. */
  async shift(actor: Actor, enrolment: Enrolment): Promise<void> {
    const open = await this.agenda.openKeys(actor, [enrolment.participantId]);
    for (const { want } of await this.standing(actor, enrolment)) if (open.has(want.key)) await this.agenda.want(actor, { ...want, keepsPostponed: true });
  }

  /** What an end had withdrawn has come back, but for what was done meanwhile. */
  async bringBack(actor: Actor, enrolment: Enrolment): Promise<void> {
    const unmet = (await this.standing(actor, enrolment)).filter((one) => !one.isMet);
    const wanted = new Set(unmet.map(({ want }) => want.key));
    // Its fact may have gone since the end, which asked nobody.
    for (const one of unmet) if (one.isAsked) await this.agenda.want(actor, one.want);
    const gone = [...await this.agenda.openKeys(actor, [enrolment.participantId])].filter((key) => key.startsWith(taskKey(enrolment.id, '')) && !wanted.has(key));
    if (gone.length > 0) await this.agenda.done(actor, enrolment.participantId, gone, 'withdrawn');
  }

  /** All that is wanted, from the facts. @param rows those that stand; of a closed enrolment its way out alone, which withdraws what was opened before */
  async wants(system: Actor, enrolment: Enrolment, rows: readonly StepRow[], acts: readonly EnrolmentAct[]): Promise<Want[]> {
    return (await this.of(system, enrolment, enrolment.closedOn ? rows.slice(-1) : rows, null, acts)).filter((one) => !one.isMet).map(({ want }) => want);
  }

  private async standing(actor: Actor, enrolment: Enrolment, kind: Kind | null = null): Promise<Opened[]> {
    return this.of(actor, enrolment, standing(await this.enrolments.stepsOf(actor, enrolment.id)), kind);
  }

  private async of(actor: Actor, enrolment: Enrolment, rows: readonly Omit<StepRow, 'pausedDays'>[], kind: Kind | null = null, known?: readonly EnrolmentAct[]): Promise<Opened[]> {
    const documents = await this.protocols.documents(rows.map((row) => row.versionId));
    const opening = rows.filter((row) => row.key && stepOf(documents.get(row.versionId)!.document, row.key)?.opens?.length);
    if (opening.length === 0) return [];
    const pauses = pausesOf(enrolment, known ?? await this.acts.all(actor, enrolment.id));
    const today = this.clock.today(actor.timeZone);
    const opened: Opened[] = [];
    for (const row of opening) {
      const { document } = documents.get(row.versionId)!;
      const wants = taskWants(enrolment, document, row, pauses);
      const asked = factTasks(document, kind).filter(({ key }) => wants.some(({ task }) => task.key === key));
      const facts = await this.facts.gather(actor, subjectOf(enrolment), asked, today);
      opened.push(...wants.map(({ task, want }) => ({ want, isAsked: asked.some(({ key }) => key === task.key), isMet: isMet(facts.get(task.key), today) })));
    }
    return opened;
  }
}

/** The requirements that are tasks as well, each once. */
function factTasks(document: Protocol, kind: Kind | null): Requirement[] {
  const known = factTaskKeys(document);
  const requirements = document.steps.flatMap((step) => step.requires).filter((one) => known.has(one.key) && (kind === null || one.kind === kind));
  return [...new Map(requirements.map((one) => [one.key, one])).values()];
}
