import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { Adopt, ChangeDraft, PublishDraft, WriteDraft, type ProtocolPageView, type ProtocolView } from './pathways.dto';
import { ProtocolsService } from './protocols.service';

@ApiTags('protocols')
@Controller('api/v1/protocols')
export class ProtocolsApi {
  constructor(private readonly protocols: ProtocolsService) {}

  /** Lists protocols: the published ones and the drafts that the user may see. */
  @Get()
  @Can('protocol.read')
  async list(@CurrentActor() actor: Actor): Promise<{ items: ProtocolView[] }> {
    return { items: await this.protocols.list(actor) };
  }

  /** Reads a protocol with its document and, while it is a draft, all that speaks against publishing it. */
  @Get(':id')
  @Can('protocol.read')
  get(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<ProtocolPageView> {
    return this.protocols.get(actor, id);
  }

  /** Writes a draft of a protocol. */
  @Post()
  @Can('protocol.edit')
  async write(@CurrentActor() actor: Actor, @Input(WriteDraft) command: WriteDraft): Promise<Created<ProtocolPageView>> {
    const id = await this.protocols.write(actor, command);
    return created(`/api/v1/protocols/${id}`, await this.protocols.get(actor, id));
  }

  /** Changes the document of a draft. */
  @Post(':id/document')
  @HttpCode(204)
  @Can('protocol.edit')
  change(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ChangeDraft) command: ChangeDraft): Promise<void> {
    return this.protocols.change(actor, id, command);
  }

  /** Publishes a draft, for good. */
  @Post(':id/publication')
  @HttpCode(204)
  @Can('protocol.publish')
  publish(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(PublishDraft) command: PublishDraft): Promise<void> {
    return this.protocols.publish(actor, id, command);
  }

  /** Makes a programme go by a published version from today on. Running enrolments stay on theirs. */
  @Post('adoptions')
  @HttpCode(204)
  @Can('protocol.adopt')
  adopt(@CurrentActor() actor: Actor, @Input(Adopt) command: Adopt): Promise<void> {
    return this.protocols.adopt(actor, command);
  }
}
