import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor, Language } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Words } from '../../platform/views/words';
import { Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { allows } from '../identity';
import { ProgrammesService } from '../programmes';
import { Adopt, ChangeDraft, PublishDraft, WriteDraft } from './pathways.dto';
import { notOfThisAddress } from './pathways.problems';
import { PATHWAYS } from './protocol';
import { findingShown, inPlainWords } from './plain-words';
import { ProtocolsService } from './protocols.service';
import { asWritten } from './schema';

type Params = Record<string, string>;

/** Protocols for people to read, and for their editor to write, check and publish. */
@ApiExcludeController()
@Controller('protocols')
export class ProtocolsPages {
  constructor(
    private readonly protocols: ProtocolsService,
    private readonly programmes: ProgrammesService,
    private readonly words: Words,
  ) {}

  @Get()
  @Can('protocol.read')
  @Page('pathways/list')
  async list(@CurrentActor() actor: Actor): Promise<object> {
    const all = await this.protocols.list(actor);
    return { pathways: PATHWAYS.map((pathway) => ({ pathway, versions: all.filter((one) => one.pathway === pathway) })), mayEdit: allows(actor.role, 'protocol.edit') };
  }

  @Get('new')
  @Can('protocol.edit')
  @Page('pathways/write')
  newDraft(@CurrentActor() actor: Actor): Promise<object> {
    return this.writeForm(actor);
  }

  @Post()
  @Can('protocol.edit')
  @Form('pathways/write', 'writeForm')
  async write(@CurrentActor() actor: Actor, @Input(WriteDraft) command: WriteDraft): Promise<Redirect> {
    return redirect(`/protocols/${await this.protocols.write(actor, command)}`, 'pathways.notice.written');
  }

  @Get(':id')
  @Can('protocol.read')
  @Page('pathways/show')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.showModel(actor, { id });
  }

  @Get(':id/copy')
  @Can('protocol.edit')
  @Page('pathways/write')
  async copy(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    const { document } = await this.protocols.get(actor, id);
    const number = await this.protocols.nextNumber(actor, document.pathway);
    // What a version says of itself is not true of the next: its editor says what changes.
    const said = (language: Language): string => this.words.say(language, 'pathways.write.copied', { title: document.title, number: document.version });
    const summary = { fr: said('fr'), es: said('es'), en: said('en') };
    return { draft: null, action: '/protocols', form: blankForm({ document: asWritten({ ...document, version: number, summary }) }) };
  }

  @Get(':id/edit')
  @Can('protocol.edit')
  @Page('pathways/write')
  edit(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.writeForm(actor, { id });
  }

  @Post(':id')
  @Can('protocol.edit')
  @Form('pathways/write', 'writeForm')
  async change(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ChangeDraft) command: ChangeDraft): Promise<Redirect> {
    await this.protocols.change(actor, id, command);
    return redirect(`/protocols/${id}`, 'pathways.notice.written');
  }

  @Post(':id/publication')
  @Can('protocol.publish')
  @Form('pathways/show', 'showModel')
  async publish(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(PublishDraft) command: PublishDraft): Promise<Redirect> {
    await this.protocols.publish(actor, id, command);
    return redirect(`/protocols/${id}`, 'pathways.notice.published');
  }

  @Post(':id/adoption')
  @Can('protocol.adopt')
  @Form('pathways/show', 'showModel')
  async adopt(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(Adopt) command: Adopt): Promise<Redirect> {
    if (command.versionId !== id) throw notOfThisAddress();
    await this.protocols.adopt(actor, command);
    return redirect(`/protocols/${id}`, 'pathways.notice.adopted');
  }

  async showModel(actor: Actor, { id }: Params): Promise<object> {
    const { protocol, document, findings } = await this.protocols.get(actor, id!);
    const mayAdopt = allows(actor.role, 'protocol.adopt') && protocol.state === 'published';
    const programmes = mayAdopt ? await this.programmes.programmes(actor) : [];
    return {
      protocol, findings: findings.map((one) => findingShown(document, one)), ...inPlainWords(document),
      mayEdit: allows(actor.role, 'protocol.edit') && protocol.mine && protocol.state === 'draft',
      mayCopy: allows(actor.role, 'protocol.edit'),
      mayPublish: allows(actor.role, 'protocol.publish') && protocol.mine && protocol.state === 'draft' && findings.length === 0,
      programmes: programmes.map((one) => ({ value: one.id, label: one.name })), mayAdopt,
      // Two forms: what publishes carries the version that was read, what adopts has none.
      publishing: blankForm({ version: protocol.version }), form: blankForm({ versionId: protocol.id }),
    };
  }

  async writeForm(actor: Actor, { id }: Params = {}): Promise<object> {
    if (!id) return { draft: null, action: '/protocols', form: blankForm() };
    const { protocol, document } = await this.protocols.get(actor, id);
    return { draft: protocol, action: `/protocols/${id}`, form: blankForm({ document: asWritten(document), version: protocol.version }) };
  }
}
