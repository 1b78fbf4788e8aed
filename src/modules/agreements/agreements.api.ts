import { Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created, type Download } from '../../platform/web/page';
import { Upload, Uploaded, type UploadedFile } from '../../platform/web/uploads';
import { AttachPaper, EditAgreement, EndAgreement, OpenAgreement, RemovePaper, Sign, type AgreementView } from './agreements.dto';
import { AgreementsService } from './agreements.service';
import { AgreementPapersService, MOST_BYTES } from './papers.service';

@ApiTags('plans')
@Controller('api/v1/participants/:id/agreements')
export class AgreementsApi {
  constructor(
    private readonly agreements: AgreementsService,
    private readonly papers: AgreementPapersService,
  ) {}

  /** Lists the agreements of a person, those that have not ended first, each with who has signed and who is missing. */
  @Get()
  @Can('plan.read')
  async list(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: AgreementView[] }> {
    return { items: await this.agreements.read(actor, id) };
  }

  /** Reads one agreement. */
  @Get(':agreement')
  @Can('plan.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string): Promise<AgreementView> {
    return this.agreements.open(actor, id, agreement);
  }

  /** Writes an agreement of two parties, or of three where the person lets the employer know of the support. */
  @Post()
  @Can('agreement.write')
  async begin(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(OpenAgreement) command: OpenAgreement): Promise<Created<AgreementView>> {
    return this.made(actor, id, await this.agreements.begin(actor, id, command));
  }

  /** Changes terms and days of an agreement that nobody has signed. */
  @Put(':agreement')
  @Can('agreement.write')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Input(EditAgreement) command: EditAgreement): Promise<AgreementView> {
    await this.agreements.edit(actor, id, agreement, command);
    return this.agreements.open(actor, id, agreement);
  }

  /** Notes the signature of one party, by any method. Nobody signs in place of the person. */
  @Post(':agreement/signatures')
  @Can('agreement.write')
  async sign(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Input(Sign) command: Sign): Promise<Created<AgreementView>> {
    await this.agreements.sign(actor, id, agreement, command);
    return this.made(actor, id, agreement);
  }

  /** Ends an agreement, with the reason. */
  @Post(':agreement/end')
  @HttpCode(200)
  @Can('agreement.write')
  async end(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Input(EndAgreement) command: EndAgreement): Promise<AgreementView> {
    await this.agreements.end(actor, id, agreement, command);
    return this.agreements.open(actor, id, agreement);
  }

  /** Adds a paper to an agreement: the signed copy, a recorded voice. */
  @Post(':agreement/documents')
  @Can('agreement.write')
  @Upload('file', { max: MOST_BYTES, command: AttachPaper })
  async attach(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Input(AttachPaper) command: AttachPaper, @Uploaded() file: UploadedFile | null,
  ): Promise<Created<AgreementView>> {
    await this.papers.attach(actor, id, agreement, file, command);
    return this.made(actor, id, agreement);
  }

  /** Opens a paper of an agreement. */
  @Get(':agreement/documents/:paper')
  @Can('plan.read')
  file(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @PathId('paper') paper: string): Promise<Download> {
    return this.papers.file(actor, id, agreement, paper);
  }

  /** Takes away a paper that was added in error. Its line and the reason stay. */
  @Post(':agreement/documents/:paper/remove')
  @HttpCode(200)
  @Can('agreement.write')
  async remove(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @PathId('paper') paper: string, @Input(RemovePaper) command: RemovePaper,
  ): Promise<AgreementView> {
    await this.papers.takeAway(actor, id, agreement, paper, command);
    return this.agreements.open(actor, id, agreement);
  }

  private async made(actor: Actor, id: string, agreement: string): Promise<Created<AgreementView>> {
    return created(`/api/v1/participants/${id}/agreements/${agreement}`, await this.agreements.open(actor, id, agreement));
  }
}
