import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { formWay, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Download, type Redirect } from '../../platform/web/page';
import { blankForm, type FormState } from '../../platform/web/pages';
import { notFound } from '../../platform/problem';
import { Upload, Uploaded, type UploadedFile } from '../../platform/web/uploads';
import { ACCEPTED } from '../documents';
import { allows } from '../identity';
import { METHODS, ParticipantsService, SPOKEN } from '../participants';
import { AttachPaper, EditAgreement, EndAgreement, NewAgreementFilter, OpenAgreement, RemovePaper, Sign, SignAs, type AgreementView } from './agreements.dto';
import { AgreementsService } from './agreements.service';
import { AGREEMENT_KINDS, PARTIES, SIGNERS, WORDINGS, type Party } from './parties';
import { AgreementPapersService, MOST_BYTES } from './papers.service';

type Params = Record<string, string>;

@ApiExcludeController()
@Controller('participants/:id/agreements')
export class AgreementsPages {
  constructor(
    private readonly agreements: AgreementsService,
    private readonly papers: AgreementPapersService,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get('new')
  @Can('agreement.write')
  @Page('agreements/new')
  newAgreement(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewAgreementFilter) filter: NewAgreementFilter): Promise<object> {
    return this.newForm(actor, { id }, filter);
  }

  @Post()
  @Can('agreement.write')
  @Form('agreements/new', 'newForm')
  async begin(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewAgreementFilter) { back }: NewAgreementFilter, @Input(OpenAgreement) command: OpenAgreement): Promise<Redirect> {
    const agreement = await this.agreements.begin(actor, id, command);
    return redirect(ownPath(back) ?? pathOf(id, agreement), 'agreements.notice.written');
  }

  async newForm(actor: Actor, { id }: Params, { kind, enrolment, employer, back }: NewAgreementFilter): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const enrolments = await this.agreements.openEnrolments(actor, id!);
    return {
      person, ...formWay(`/participants/${id}/agreements`, tabOf(id!), back), kinds: AGREEMENT_KINDS, wordings: AGREEMENT_KINDS.map((one) => ({ kind: one, version: WORDINGS[one] })),
      enrolments: enrolments.map((one) => ({ value: one.id, pathway: one.pathway })), employers: await this.agreements.employersToChoose(actor, id!),
      form: blankForm({ enrolmentId: enrolments.find((one) => one.id === enrolment)?.id ?? enrolments[0]?.id ?? null, kind: kind ?? 'two-party', employerId: employer ?? null, fromOn: this.clock.today(actor.timeZone) }),
    };
  }

  @Get(':agreement')
  @Can('plan.read')
  @Page('agreements/agreement')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string): Promise<object> {
    const model = await this.model(actor, { id, agreement });
    return { ...model, signedBySomebody: model.agreement.parties.some((one) => one.signature !== null) };
  }

  @Get(':agreement/edit')
  @Can('agreement.write')
  @Page('agreements/edit')
  editAgreement(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string): Promise<object> {
    return this.editForm(actor, { id, agreement });
  }

  @Post(':agreement')
  @Can('agreement.write')
  @Form('agreements/edit', 'editForm')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Input(EditAgreement) command: EditAgreement): Promise<Redirect> {
    const isChanged = await this.agreements.edit(actor, id, agreement, command);
    return redirect(pathOf(id, agreement), `agreements.notice.${isChanged ? 'saved' : 'unchanged'}`);
  }

  async editForm(actor: Actor, params: Params): Promise<object> {
    const model = await this.model(actor, params);
    const { terms, fromOn, untilOn, version } = model.agreement;
    return { ...model, form: blankForm({ terms, fromOn, untilOn, version }) };
  }

  @Get(':agreement/signatures/new')
  @Can('agreement.write')
  @Page('agreements/sign')
  signature(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Filter(SignAs) { party }: SignAs): Promise<object> {
    return this.signModel(actor, { id, agreement }, party);
  }

  @Post(':agreement/signatures')
  @Can('agreement.write')
  @Form('agreements/sign', 'signForm')
  async sign(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Input(Sign) command: Sign): Promise<Redirect> {
    const isComplete = await this.agreements.sign(actor, id, agreement, command);
    return redirect(pathOf(id, agreement), `agreements.notice.${isComplete ? 'complete' : 'signed'}`);
  }

  signForm(actor: Actor, params: Params, _: object, { values }: FormState): Promise<object> {
    return this.signModel(actor, params, PARTIES.find((one) => one === values.party) ?? null);
  }

  /** @param party null where what was sent names none: it is chosen in the form */
  private async signModel(actor: Actor, params: Params, party: Party | null): Promise<object> {
    const model = await this.model(actor, params);
    const beside = await this.agreements.beside(actor, params.id!);
    const holder = party === 'legal' && beside.needs === 'legal' && !beside.byService ? beside.holder : null;
    return {
      ...model, party, parties: PARTIES, signers: SIGNERS, methods: METHODS, languages: SPOKEN,
      form: blankForm({ signedOn: this.clock.today(actor.timeZone), method: 'handwritten', giver: party === 'participant' ? 'self' : null, name: holder, version: model.agreement.version }),
    };
  }

  @Get(':agreement/end')
  @Can('agreement.write')
  @Page('agreements/end')
  ending(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string): Promise<object> {
    return this.endForm(actor, { id, agreement });
  }

  @Post(':agreement/end')
  @Can('agreement.write')
  @Form('agreements/end', 'endForm')
  async end(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Input(EndAgreement) command: EndAgreement): Promise<Redirect> {
    await this.agreements.end(actor, id, agreement, command);
    return redirect(tabOf(id), 'agreements.notice.ended');
  }

  async endForm(actor: Actor, params: Params): Promise<object> {
    const model = await this.model(actor, params);
    return { ...model, form: blankForm({ endedOn: this.clock.today(actor.timeZone), version: model.agreement.version }) };
  }

  @Get(':agreement/documents/new')
  @Can('agreement.write')
  @Page('agreements/paper')
  newPaper(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string): Promise<object> {
    return this.paperForm(actor, { id, agreement });
  }

  @Post(':agreement/documents')
  @Can('agreement.write')
  @Upload('file', { max: MOST_BYTES, command: AttachPaper })
  @Form('agreements/paper', 'paperForm')
  async attach(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @Input(AttachPaper) command: AttachPaper, @Uploaded() file: UploadedFile | null,
  ): Promise<Redirect> {
    await this.papers.attach(actor, id, agreement, file, command);
    return redirect(pathOf(id, agreement), 'agreements.notice.paper');
  }

  async paperForm(actor: Actor, params: Params): Promise<object> {
    return { ...await this.model(actor, params), accept: ACCEPTED, form: blankForm() };
  }

  @Get(':agreement/documents/:paper')
  @Can('plan.read')
  file(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @PathId('paper') paper: string): Promise<Download> {
    return this.papers.file(actor, id, agreement, paper);
  }

  @Get(':agreement/documents/:paper/remove')
  @Can('agreement.write')
  @Page('agreements/remove')
  removal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @PathId('paper') paper: string): Promise<object> {
    return this.removeForm(actor, { id, agreement, paper });
  }

  @Post(':agreement/documents/:paper/remove')
  @Can('agreement.write')
  @Form('agreements/remove', 'removeForm')
  async remove(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('agreement') agreement: string, @PathId('paper') paper: string, @Input(RemovePaper) command: RemovePaper,
  ): Promise<Redirect> {
    await this.papers.takeAway(actor, id, agreement, paper, command);
    return redirect(pathOf(id, agreement), 'agreements.notice.removed');
  }

  async removeForm(actor: Actor, params: Params): Promise<object> {
    const model = await this.model(actor, params);
    const paper = model.agreement.documents.find((one) => one.id === params.paper);
    if (!paper || paper.removed) throw notFound();
    return { ...model, paper, form: blankForm({ version: paper.version }) };
  }

  private async model(actor: Actor, { id, agreement }: Params): Promise<{ person: { id: string; name: string }; agreement: AgreementView; path: string; may: { write: boolean } }> {
    const person = await this.participants.read(actor, id!);
    return { person, agreement: await this.agreements.open(actor, id!, agreement!), path: pathOf(id!, agreement!), may: { write: allows(actor.role, 'agreement.write') } };
  }
}

const tabOf = (id: string): string => `/participants/${id}/plan`;
const pathOf = (id: string, agreement: string): string => `/participants/${id}/agreements/${agreement}`;
