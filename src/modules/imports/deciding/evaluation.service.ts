import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { giveBack } from '../../../platform/memory';
import { UsersService } from '../../identity';
import { IntakeService, phoneTail, type KnownFacts, type KnownPerson } from '../../participants';
import { ProtocolsService, type Pathway } from '../../pathways';
import { ProgrammesService } from '../../programmes';
import type { Answers, ImportRun, Mapping } from '../imports.entities';
import type { ColumnSeen } from '../reading/inspection';
import { readRow, type ReadRow, type Reading } from '../reading/rows';
import { CHOSEN, languageOf } from '../reading/targets';
import { Decisions, type Decision } from './decision';
import { People, settle, type Found, type Settled } from './people';

/** Rows that are decided on together: what is written of their people is asked for once. */
const TOGETHER = 500;

interface Row {
  line: number;
  cells: readonly string[];
  /** What somebody decided of it. */
  settled?: Settled | null;
}
/** Portions after which what was made for them is given back, lest a long file fills the memory with what nobody needs any more. */
const GIVE_BACK = 4;

/** How a file is read, in whole. */
export interface Register {
  headers: readonly string[];
  columns: readonly ColumnSeen[];
  mapping: Mapping;
  answers: Answers;
}

/** What becomes of the rows of a file, as the service stands now. Nothing is written. */
@Injectable()
export class Evaluation {
  constructor(
    private readonly intake: IntakeService,
    private readonly protocols: ProtocolsService,
    private readonly programmes: ProgrammesService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  async country(actor: Actor): Promise<string> {
    return (await this.programmes.service(actor, actor.service!)).country;
  }

  /** Decides on rows in their order, some at a time. */
  async *of<R extends Row>(actor: Actor, register: Register, rows: AsyncIterable<R>): AsyncGenerator<{ row: R; decision: Decision }[]> {
    const reading = this.readingOf(actor, register);
    const decisions = await this.decisions(actor, register);
    const people = new People<KnownPerson>();
    for (const person of await this.intake.people(actor)) people.add(person);
    let some: R[] = [];
    let portions = 0;
    for await (const row of rows) {
      some.push(row);
      if (some.length < TOGETHER) continue;
      yield await this.decide(actor, some, reading, people, decisions);
      some = [];
      portions += 1;
      if (portions % GIVE_BACK === 0) giveBack();
    }
    if (some.length > 0) yield await this.decide(actor, some, reading, people, decisions);
  }

  readingOf(actor: Actor, { headers, columns, mapping, answers }: Register): Reading {
    return {
      targets: mapping.targets, headers, language: languageOf(headers), births: { order: mapping.order, lastYear: mapping.lastBirthYear }, days: { order: mapping.order, lastYear: mapping.lastYear },
      words: new Map(CHOSEN.map((list) => [list, new Set(columns.flatMap(({ words }, index) => (mapping.targets[index] === list ? words?.map(({ word }) => word) ?? [] : [])))])),
      answers, today: this.clock.today(actor.timeZone),
    };
  }

  private async decide<R extends Row>(actor: Actor, rows: readonly R[], reading: Reading, people: People<KnownPerson>, decisions: Decisions): Promise<{ row: R; decision: Decision }[]> {
    const read = rows.map((row): { row: R; said: ReadRow; found: Found<KnownPerson> | null; among: readonly KnownPerson[] } => {
      const said = readRow(row.cells, reading);
      const found = said.person && people.find({ ...said.person, phones: said.person.phones.map(phoneTail) });
      return { row, said, found: found && settle(found, row.settled ?? null), among: found?.who === 'maybe' ? found.people : [] };
    });
    const ids = [...new Set(read.flatMap(({ found }) => (found?.who === 'one' ? found.person.id : [])))];
    const facts = new Map<string, KnownFacts>((ids.length > 0 ? await this.intake.facts(actor, ids) : []).map((one) => [one.id, one]));
    return read.map(({ row, said, found, among }) => ({ row, decision: decisions.decide(row.line, said, found, found?.who === 'one' ? facts.get(found.person.id) ?? null : null, among) }));
  }

  private async decisions(actor: Actor, { mapping, answers }: Register): Promise<Decisions> {
    const country = await this.country(actor);
    const choices = await this.protocols.choices(actor);
    return new Decisions({
      coachId: mapping.coachId, coaches: await this.users.coachesOf(actor), coachAnswers: answers.coach ?? {}, operationId: mapping.operationId, pathway: mapping.pathway as Pathway | null,
      open: new Set(choices.filter(({ operationId }) => operationId === mapping.operationId).map(({ pathway }) => pathway)), source: mapping.source, country,
      faultsOf: (intake) => this.intake.faultsOf(actor, intake, country),
    });
  }
}

/** What a run says of its file. */
export const registerOf = (run: Pick<ImportRun, 'headers' | 'answers'>, mapping: Mapping, columns: readonly ColumnSeen[]): Register => ({ headers: run.headers, columns, mapping, answers: run.answers });
