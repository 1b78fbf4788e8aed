import { Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter, Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { Upload, Uploaded, type UploadedFile } from '../../platform/web/uploads';
import { CommitsService } from './commits.service';
import { AsSeen, ChooseColumns, ChooseReading, RowsFilter, SettleRow, type RowView, type RunView, type RunWhole } from './imports.dto';
import { ImportsService } from './imports.service';
import { LIMITS } from './reading/reader';

@ApiTags('imports')
@Controller('api/v1/imports')
export class ImportsApi {
  constructor(
    private readonly imports: ImportsService,
    private readonly commits: CommitsService,
  ) {}

  /** Lists the registers that were sent, the latest first. */
  @Get()
  @Can('import.read')
  async list(@CurrentActor() actor: Actor): Promise<{ items: RunView[] }> {
    return { items: await this.imports.list(actor) };
  }

  /** Receives a register as CSV and guesses what its columns hold. */
  @Post()
  @Can('import.run')
  @Upload('file', { max: LIMITS.bytes })
  async receive(@CurrentActor() actor: Actor, @Uploaded() file: UploadedFile | null): Promise<Created<RunWhole>> {
    const id = await this.imports.receive(actor, file);
    return created(`/api/v1/imports/${id}`, await this.imports.open(actor, id));
  }

  /** Reads one import: its columns, how it is read, and how far it has come. */
  @Get(':id')
  @Can('import.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<RunWhole> {
    return this.imports.open(actor, id);
  }

  /** Lists the rows with their outcome and why, a page at a time. */
  @Get(':id/rows')
  @Can('import.read')
  rows(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(RowsFilter) filter: RowsFilter): Promise<{ items: RowView[]; total: number; page: number; pages: number }> {
    return this.imports.rows(actor, id, filter);
  }

  /** Decides whom a row means that may mean people who are there: one of them, or somebody new; the preview follows. */
  @Put(':id/rows')
  @Can('import.run')
  async settle(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(SettleRow) command: SettleRow): Promise<RunWhole> {
    await this.imports.settle(actor, id, command);
    return this.imports.open(actor, id);
  }

  /** Says what each column holds. */
  @Put(':id/columns')
  @Can('import.run')
  async chooseColumns(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ChooseColumns) command: ChooseColumns): Promise<RunWhole> {
    await this.imports.chooseColumns(actor, id, command);
    return this.imports.open(actor, id);
  }

  /** Says how days and words are read, and makes the preview. */
  @Put(':id/reading')
  @Can('import.run')
  async chooseReading(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ChooseReading) command: ChooseReading): Promise<RunWhole> {
    await this.imports.chooseReading(actor, id, command);
    return this.imports.open(actor, id);
  }

  /** Begins to take the rows over, all or none of them; reading the import tells how far it has come. */
  @Post(':id/commit')
  @HttpCode(202)
  @Can('import.run')
  async commit(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AsSeen) { version }: AsSeen): Promise<RunWhole> {
    await this.commits.begin(actor, id, version);
    // The work begins when this unit has ended: that nobody holds the run until then does not mean that it was cut off.
    return { ...(await this.imports.open(actor, id)), state: 'committing', failure: null };
  }

  /** Gives an import up: what it holds about people is deleted. */
  @Post(':id/discard')
  @HttpCode(204)
  @Can('import.run')
  async discard(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AsSeen) { version }: AsSeen): Promise<void> {
    await this.imports.discard(actor, id, version);
  }
}
