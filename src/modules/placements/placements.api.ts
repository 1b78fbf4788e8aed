import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter, Input, PathId } from '../../platform/web/input';
import { created, type Created, type Download } from '../../platform/web/page';
import { Upload, Uploaded, type UploadedFile } from '../../platform/web/uploads';
import { LARGEST_PAPER } from './papers';
import { AddEvidence, ChangePlacement, CorrectFirstDay, EndPlacement, NeverStarted, OnDay, PlanPlacement, RemoveEvidence, StartPlacement, TakeBack, type PlacementFile, type PlacementView } from './placements.dto';
import { PlacementsReader } from './placements.reader';
import { PlacementsService } from './placements.service';

@ApiTags('placements')
@Controller('api/v1/participants/:id/placements')
export class PlacementsApi {
  constructor(
    private readonly placements: PlacementsService,
    private readonly reader: PlacementsReader,
  ) {}

  /** Lists a person’s jobs, those to come first, then the latest first day first. With `on`, those alone that the person held on that day. */
  @Get()
  @Can('placement.read')
  async list(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(OnDay) { on }: OnDay): Promise<{ items: PlacementView[] }> {
    return { items: await this.reader.read(actor, id, on ?? null) };
  }

  /** Reads one job with all that was done with it. */
  @Get(':placement')
  @Can('placement.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string): Promise<PlacementFile> {
    return this.placements.open(actor, id, placement);
  }

  /** Notes a job to come, or one that runs already and whose first day is said next. */
  @Post()
  @Can('placement.edit')
  async plan(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(PlanPlacement) command: PlanPlacement): Promise<Created<PlacementFile>> {
    const placement = await this.placements.plan(actor, id, command);
    return created(`/api/v1/participants/${id}/placements/${placement}`, await this.placements.open(actor, id, placement));
  }

  /** Notes the first day worked, with one piece of evidence; its file may come beside it. */
  @Post(':placement/start')
  @HttpCode(200)
  @Can('placement.edit')
  @Upload('file', { max: LARGEST_PAPER, command: StartPlacement })
  async start(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Input(StartPlacement) command: StartPlacement, @Uploaded() file: UploadedFile | null): Promise<PlacementFile> {
    await this.placements.start(actor, id, placement, command, file);
    return this.placements.open(actor, id, placement);
  }

  /** Corrects the first day worked. What is counted from it is counted anew. */
  @Post(':placement/first-day')
  @HttpCode(200)
  @Can('placement.edit')
  async correctFirstDay(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Input(CorrectFirstDay) command: CorrectFirstDay): Promise<PlacementFile> {
    await this.placements.correctFirstDay(actor, id, placement, command);
    return this.placements.open(actor, id, placement);
  }

  /** Notes that the job never began. */
  @Post(':placement/never-started')
  @HttpCode(200)
  @Can('placement.edit')
  async neverStarted(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Input(NeverStarted) command: NeverStarted): Promise<PlacementFile> {
    await this.placements.neverStarted(actor, id, placement, command);
    return this.placements.open(actor, id, placement);
  }

  /** Changes the terms of a job from a day on. What held before stays in its history. */
  @Post(':placement/changes')
  @HttpCode(200)
  @Can('placement.edit')
  async change(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Input(ChangePlacement) command: ChangePlacement): Promise<PlacementFile> {
    await this.placements.change(actor, id, placement, command);
    return this.placements.open(actor, id, placement);
  }

  /** Notes the last day worked, who decided and why. */
  @Post(':placement/end')
  @HttpCode(200)
  @Can('placement.edit')
  @Upload('file', { max: LARGEST_PAPER, command: EndPlacement })
  async end(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Input(EndPlacement) command: EndPlacement, @Uploaded() file: UploadedFile | null): Promise<PlacementFile> {
    await this.placements.end(actor, id, placement, command, file);
    return this.placements.open(actor, id, placement);
  }

  /** Takes back an end that was noted in error: the job goes on. */
  @Post(':placement/reopen')
  @HttpCode(200)
  @Can('placement.edit')
  async reopen(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Input(TakeBack) command: TakeBack): Promise<PlacementFile> {
    await this.placements.reopen(actor, id, placement, command);
    return this.placements.open(actor, id, placement);
  }

  /** Annuls a job that was entered in error. It stays readable, with the reason, and counts for nothing. */
  @Post(':placement/annul')
  @HttpCode(200)
  @Can('placement.edit')
  async annul(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Input(TakeBack) command: TakeBack): Promise<PlacementFile> {
    await this.placements.annul(actor, id, placement, command);
    return this.placements.open(actor, id, placement);
  }

  /** Adds a piece of evidence that the person was there on a day; its file may come beside it. */
  @Post(':placement/evidence')
  @HttpCode(200)
  @Can('placement.edit')
  @Upload('file', { max: LARGEST_PAPER, command: AddEvidence })
  async addEvidence(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Input(AddEvidence) command: AddEvidence, @Uploaded() file: UploadedFile | null): Promise<PlacementFile> {
    await this.placements.addEvidence(actor, id, placement, command, file);
    return this.placements.open(actor, id, placement);
  }

  /** Removes a wrong paper of a job, with the reason. The evidence that it was shows nothing any more. */
  @Post(':placement/documents/:payslip/remove')
  @HttpCode(200)
  @Can('placement.edit')
  async removeEvidence(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @PathId('payslip') payslip: string, @Input(RemoveEvidence) command: RemoveEvidence,
  ): Promise<PlacementFile> {
    await this.placements.removeEvidence(actor, id, placement, payslip, command);
    return this.placements.open(actor, id, placement);
  }

  /** Hands out the file of a piece of evidence. */
  @Get(':placement/documents/:payslip')
  @Can('placement.read')
  document(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @PathId('payslip') payslip: string): Promise<Download> {
    return this.reader.document(actor, id, placement, payslip);
  }
}
