import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { problemOfDatabase } from '../../platform/database/sqlstate';
import { Log } from '../../platform/log';
import { editedMeanwhile, Problem } from '../../platform/problem';
import { outsideRequests } from '../../platform/request-id';
import { AuditService } from '../audit';
import { IntakeService } from '../participants';
import { Changes } from './changes';
import type { Counts, Decision, Outcome } from './deciding/decision';
import { Evaluation, registerOf } from './deciding/evaluation.service';
import { importInterrupted, importOutdated, importRunning, notPreviewed, nothingToImport, tooManyChanges } from './imports.problems';
import { counted, ImportsRepository, type StoredRow } from './imports.repository';
import { CHUNK } from './imports.service';

/** Milliseconds between two words about how far it has come. */
const TELL = 400;
/** Each of them is held until the end: more would fill the server's table of locks. */
const MOST_CHANGES = 2_000;

interface Work {
  done: number;
  ended: boolean;
}

/**
 * Takes a previewed file over: in one unit of work, all or nothing, after the answer. Whoever works on a run holds it; a run that says it is being written while nobody
 * holds it was cut off, and nothing of it is there.
 */
@Injectable()
export class CommitsService implements OnModuleDestroy {
  private readonly running = new Map<string, Promise<void>>();
  private stopping = false;

  constructor(
    private readonly imports: ImportsRepository,
    private readonly evaluation: Evaluation,
    private readonly intake: IntakeService,
    private readonly changes: Changes,
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Log() private readonly logger: Logger,
  ) {}

  /** What is not finished when the process ends is undone, and says so. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    for (const one of [...this.running.values()]) await one;
  }

  /** Begins; the work goes on by itself once this unit has committed. @throws Problem 409 while another import of the service runs */
  async begin(actor: Actor, id: string, version: number): Promise<void> {
    await this.endThoseCutOff(actor);
    const run = await this.imports.hold(actor, id);
    if (run.version !== version) throw editedMeanwhile({ state: run.state }, { state: 'committing' }, run.version);
    if (run.state !== 'previewed' && run.state !== 'failed') throw notPreviewed();
    const counts = run.counts as Counts;
    if (counts.new + counts.repaired + counts.changes === 0) throw nothingToImport();
    if (counts.changes > MOST_CHANGES) throw tooManyChanges(MOST_CHANGES);
    await this.imports.change({ id, version }, { state: 'committing', failure: null, done: 0 });
    await this.audit.record(actor, 'import.begun', { kind: 'import', id }, { ...counts });
    this.database.afterwards(() => this.start(actor, id));
  }

  /** When it has ended, however it ended. */
  async ended(id: string): Promise<void> {
    await this.running.get(id);
  }

  /** Comes back as soon as the run is held, so that whoever looks at it sees that somebody works on it. */
  private start(actor: Actor, id: string): Promise<void> {
    return new Promise((held) => {
      const work = outsideRequests(() => this.run(actor, id, held)).finally(() => this.running.delete(id));
      this.running.set(id, work);
    });
  }

  private async run(actor: Actor, id: string, held: () => void): Promise<void> {
    const work: Work = { done: 0, ended: false };
    const telling = this.tell(actor, id, work);
    let failure: string | null = null;
    try {
      await this.database.write(actor, () => this.takeOver(actor, id, work, held));
    } catch (error) {
      failure = (error instanceof Problem ? error : problemOfDatabase(error))?.code ?? 'internal';
      if (!(error instanceof Problem)) this.logger.error({ import: id, code: failure, fault: (error as Error).name }, 'import failed');
    }
    work.ended = true;
    held();
    await telling;
    if (failure === null) return;
    const code = failure;
    // Where even that cannot be written, the run is found cut off by whoever looks at it next.
    await this.database.write(actor, () => this.imports.tell(actor, id, { state: 'failed', failure: code, done: 0 })).catch(() => undefined);
  }

  /** Beside the work and on a connection of its own: what is being written is seen by nobody yet. */
  private async tell(actor: Actor, id: string, work: Work): Promise<void> {
    for (let told = 0; !work.ended; await wait(TELL)) {
      if (work.done === told) continue;
      told = work.done;
      await this.database.write(actor, () => this.imports.tell(actor, id, { done: told })).catch(() => undefined);
    }
  }

  private async takeOver(actor: Actor, id: string, work: Work, held: () => void): Promise<void> {
    this.imports.work(id);
    const run = await this.imports.get(actor, id);
    held();
    if (run.state !== 'committing') throw importInterrupted();
    this.imports.holdPeople(await this.imports.changedPeople(actor, id));
    const country = await this.evaluation.country(actor);
    const outcomes: Outcome[] = [];
    for await (const decided of this.evaluation.of(actor, registerOf(run, run.mapping!, this.imports.columnsOf(run)), this.stored(actor, id))) {
      if (this.stopping) throw importInterrupted();
      if (decided.some(({ row, decision }) => row.outcome !== decision.outcome || row.participantId !== decision.participantId)) throw importOutdated();
      await this.write(actor, decided.map(({ decision }) => decision), id, country);
      if (outcomes.length === 0 && decided.length < run.rows) this.imports.learnSizes();
      outcomes.push(...decided.map(({ decision }) => decision.outcome));
      work.done = outcomes.length;
    }
    if (outcomes.length !== run.rows) throw importOutdated();
    const counts = counted(outcomes);
    await this.audit.record(actor, 'import.committed', { kind: 'import', id }, { ...counts });
    await this.imports.change(run, { state: 'committed', done: run.rows, counts, committedAt: this.clock.now(), columns: this.imports.bareColumns(run), answers: {} });
  }

  private async write(actor: Actor, decisions: readonly Decision[], id: string, country: string): Promise<void> {
    const fresh = decisions.filter(({ intake }) => intake !== null);
    const ids = fresh.length > 0 ? await this.intake.takeIn(actor, fresh.map(({ intake }) => intake!), country) : [];
    const made = new Map(fresh.map((decision, index) => [decision, ids[index]!]));
    for (const { participantId, change } of decisions) if (change) await this.changes.apply(actor, participantId!, change);
    this.imports.decide(id, decisions.map((decision) => ({ ...decision, participantId: made.get(decision) ?? decision.participantId })), true);
  }

  private async *stored(actor: Actor, id: string): AsyncGenerator<StoredRow> {
    for (let line = 0; ;) {
      const rows = await this.imports.rowsAfter(actor, id, line, CHUNK);
      yield* rows;
      if (rows.length < CHUNK) return;
      line = rows.at(-1)!.line;
    }
  }

  /** Runs of the service that say they are being written: one that somebody works on stops the next, one that nobody works on has failed. */
  private async endThoseCutOff(actor: Actor): Promise<void> {
    for (const run of await this.imports.committing(actor)) {
      if (await this.imports.isWorkedOn(run.id)) throw importRunning();
      await this.imports.tell(actor, run.id, { state: 'failed', failure: 'import-interrupted', done: 0 });
    }
  }
}
