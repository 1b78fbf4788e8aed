import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Words } from '../../platform/views/words';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Download, Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { Upload, Uploaded, type UploadedFile } from '../../platform/web/uploads';
import { UsersService } from '../identity';
import { ParticipantsService } from '../participants';
import { ProtocolsService, SOURCES } from '../pathways';
import { CommitsService } from './commits.service';
import { OUTCOMES } from './deciding/decision';
import { AsSeen, ChooseColumns, ChooseReading, ORDERS, RowsFilter, SettleRow, SOMEBODY_NEW, UNDECIDED, type QuestionView, type RowView, type RunView } from './imports.dto';
import { ImportsService, ROWS_PER_PAGE, SHOWN } from './imports.service';
import { rowsAsCsv, sayWords, valueWords } from './imports.words';
import { LEAVE_OUT } from './mappings.service';
import { LIMITS } from './reading/reader';
import type { Separator } from './reading/separator';
import { TARGETS } from './reading/targets';

type Params = Record<string, string>;
const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' };
/** How an outcome is marked. */
const MARKS = { new: 'ok', same: 'none', changes: 'wait', repaired: 'warn', refused: 'late' } as const;

@ApiExcludeController()
@Controller('imports')
export class ImportsPages {
  constructor(
    private readonly imports: ImportsService,
    private readonly commits: CommitsService,
    private readonly participants: ParticipantsService,
    private readonly users: UsersService,
    private readonly protocols: ProtocolsService,
    private readonly words: Words,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('import.read')
  @Page('imports/list')
  list(@CurrentActor() actor: Actor): Promise<object> {
    return this.listModel(actor);
  }

  @Post()
  @Can('import.run')
  @Upload('file', { max: LIMITS.bytes })
  @Form('imports/list', 'listModel')
  async receive(@CurrentActor() actor: Actor, @Uploaded() file: UploadedFile | null): Promise<Redirect> {
    return redirect(`/imports/${await this.imports.receive(actor, file)}/columns`);
  }

  @Get(':id')
  @Can('import.read')
  @Page('imports/run')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(RowsFilter) filter: RowsFilter): Promise<object> {
    const run = await this.imports.run(actor, id);
    if (run.state === 'read') return redirect(`/imports/${id}/columns`);
    const { items, ...paging } = run.state === 'committing' ? { items: [], total: 0, page: 1, pages: 1 } : await this.imports.rows(actor, id, filter);
    const names = await this.participants.names(actor, items.flatMap(({ participantId }) => participantId ?? []));
    return {
      run, ...paging, size: ROWS_PER_PAGE,
      items: items.map((row) => ({ ...row, says: row.says.map((one) => ({ as: one.as, text: sayWords(this.words, actor.language, one) })), about: aboutOf(row.cells, run.columns) ?? names.get(row.participantId ?? '') ?? null, acts: actsOf(row, run) })),
      here: addressOf(filter.outcome, paging.page), outcome: filter.outcome ?? null, outcomes: OUTCOMES, marks: MARKS, form: blankForm({ version: run.version }), taken: run.counts ? run.counts.new + run.counts.repaired + run.counts.changes : 0,
      // Column by column: nobody shall believe that what stood there is in the files now.
      leftOut: run.columns.flatMap(({ header, target, filled }, index) => (target === 'ignore' && filled > 0 ? { header, filled, number: index + 1 } : [])),
    };
  }

  /** Back to the same rows; where that page is empty now, to the last one before it. */
  @Post(':id/rows')
  @Can('import.run')
  async settle(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(RowsFilter) { outcome, page = 1 }: RowsFilter, @Input(SettleRow) command: SettleRow): Promise<Redirect> {
    const isChanged = await this.imports.settle(actor, id, command);
    const { counts, rows } = await this.imports.run(actor, id);
    const last = Math.max(1, Math.ceil((outcome ? counts![outcome] : rows) / ROWS_PER_PAGE));
    return redirect(`/imports/${id}${addressOf(outcome, Math.min(page, last))}`, `imports.notice.${isChanged ? 'settled' : 'unchanged'}`);
  }

  @Get(':id/columns')
  @Can('import.run')
  @Page('imports/columns')
  columns(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.columnsModel(actor, { id });
  }

  @Post(':id/columns')
  @Can('import.run')
  @Form('imports/columns', 'columnsModel')
  async chooseColumns(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ChooseColumns) command: ChooseColumns): Promise<Redirect> {
    await this.imports.chooseColumns(actor, id, command);
    return redirect(`/imports/${id}/reading`);
  }

  @Get(':id/reading')
  @Can('import.run')
  @Page('imports/reading')
  reading(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.readingModel(actor, { id });
  }

  @Post(':id/reading')
  @Can('import.run')
  @Form('imports/reading', 'readingModel')
  async chooseReading(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ChooseReading) command: ChooseReading): Promise<Redirect> {
    await this.imports.chooseReading(actor, id, command);
    return redirect(`/imports/${id}`);
  }

  @Get(':id/export')
  @Can('import.read')
  async export(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(RowsFilter) { outcome }: RowsFilter): Promise<Download> {
    const { run, rows } = await this.imports.export(actor, id, outcome ?? null);
    return new Download(`import-${outcome ?? 'rows'}-${this.clock.today(actor.timeZone)}.csv`, 'text/csv; charset=utf-8', rowsAsCsv(this.words, actor.language, run, rows));
  }

  @Post(':id/commit')
  @Can('import.run')
  async commit(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AsSeen) { version }: AsSeen): Promise<Redirect> {
    await this.commits.begin(actor, id, version);
    return redirect(`/imports/${id}`);
  }

  @Post(':id/discard')
  @Can('import.run')
  async discard(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AsSeen) { version }: AsSeen): Promise<Redirect> {
    await this.imports.discard(actor, id, version);
    return redirect('/imports', 'imports.notice.discarded');
  }

  async listModel(actor: Actor): Promise<object> {
    return { runs: await this.imports.list(actor), limits: SHOWN, form: blankForm() };
  }

  async columnsModel(actor: Actor, { id }: Params): Promise<object> {
    const run = await this.imports.open(actor, id!);
    const form = blankForm({ version: run.version, ...Object.fromEntries(run.columns.map(({ target }, index) => [`columns.${index}.target`, target])) });
    return { run, separator: SEPARATOR_NAMES[run.separator], targets: TARGETS, form };
  }

  async readingModel(actor: Actor, { id }: Params): Promise<object> {
    const run = await this.imports.open(actor, id!);
    const coaches = (await this.users.coachesOf(actor)).map((one) => ({ value: one.id, label: one.name }));
    const choices = await this.protocols.choices(actor);
    const { order, lastBirthYear, lastYear, coachId, operationId, pathway, source, questions } = run.reading;
    const asked = questions.map((one, index) => ({ ...one, index, choices: this.choicesOf(actor, one, coaches) }));
    return {
      run, groups: [...new Set(questions.map(({ list }) => list))].map((list) => ({ list, asked: asked.filter((one) => one.list === list) })), orders: ORDERS, coaches, sources: SOURCES,
      operations: [...new Map(choices.map((one) => [one.operationId, { value: one.operationId, label: one.operationName }])).values()], pathways: [...new Set(choices.map((one) => one.pathway))],
      form: blankForm({
        version: run.version, order, lastBirthYear, lastYear, coachId, operationId, pathway, source,
        ...Object.fromEntries(questions.flatMap(({ value }, index) => (value === null ? [] : [[`words.${index}.value`, value]]))),
      }),
    };
  }

  private choicesOf(actor: Actor, { list, choices }: QuestionView, coaches: readonly { value: string; label: string }[]): { value: string; label: string }[] {
    const leaveOut = { value: LEAVE_OUT, label: valueWords(this.words, actor.language, list, LEAVE_OUT) };
    if (list === 'coach') return [...coaches];
    return [...choices.map((value) => ({ value, label: valueWords(this.words, actor.language, list, value) })), leaveOut];
  }
}

/** Which rows are looked at, as a query. */
function addressOf(outcome: string | undefined, page: number): string {
  const query = new URLSearchParams({ ...(outcome ? { outcome } : {}), ...(page > 1 ? { page: String(page) } : {}) }).toString();
  return query === '' ? '' : `?${query}`;
}

/** What can be decided of a row: not what is decided already, and nothing once it is being taken over. */
function actsOf({ mayBe, choice }: RowView, { state }: Pick<RunView, 'state'>): { choice: string; name: string | null }[] {
  if (state !== 'previewed' && state !== 'failed') return [];
  const acts = mayBe.length > 0 ? [...mayBe.map(({ id, name }) => ({ choice: id, name })), { choice: SOMEBODY_NEW, name: null }] : [];
  return [...acts.filter((one) => one.choice !== choice), ...(choice === null ? [] : [{ choice: UNDECIDED, name: null }])];
}

/** Whom a row is about, as it stands in the file: its names, else the first thing that it says. */
function aboutOf(cells: readonly string[] | null, columns: readonly { target: string }[]): string | null {
  if (!cells) return null;
  const names = columns.flatMap(({ target }, index) => (target === 'full-name' || target === 'family-names' || target === 'given-names' ? cells[index]?.trim() || [] : []));
  return names.length > 0 ? names.join(' ') : cells.find((cell) => cell.trim() !== '')?.trim().slice(0, 100) ?? null;
}
