import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { isId } from '../../platform/id';
import { currencyChoices, writtenAmount } from '../../platform/money';
import { Back, formWay, ownPath, withBack } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Download, type Redirect } from '../../platform/web/page';
import { blankForm, type FormState } from '../../platform/web/pages';
import { Upload, Uploaded, type UploadedFile } from '../../platform/web/uploads';
import { ACCEPTED } from '../documents';
import { allows } from '../identity';
import { ParticipantsService } from '../participants';
import { changesShown } from './changes-shown';
import { minimumWageOn } from './minimum-wage';
import { LARGEST_PAPER } from './papers';
import { CONTRACTS, END_BY, END_PRECISIONS, END_REASONS, EVIDENCE_ABOUT, EVIDENCE_KINDS, FOUND_BY, LEVELS, SETTINGS, WAGE_PERIODS } from './placement.lists';
import { PlacementRules } from './placement-rules';
import { AddEvidence, ChangePlacement, CorrectFirstDay, EndPlacement, FindEmployer, NeverStarted, NewPlacementFilter, PlanPlacement, RemoveEvidence, StartPlacement, TakeBack, type PlacementFile } from './placements.dto';
import { PlacementsReader } from './placements.reader';
import { PlacementsService } from './placements.service';
import { Workplaces, type Workplace } from './workplaces';

interface Params {
  id?: string;
  placement?: string;
  payslip?: string;
}
type Model = Promise<{ form: FormState; [key: string]: unknown }>;

/** The jobs of a person: each on its page, and a form for each thing that may happen to it. */
@ApiExcludeController()
@Controller('participants/:id/placements')
export class PlacementsPages {
  constructor(
    private readonly placements: PlacementsService,
    private readonly reader: PlacementsReader,
    private readonly rules: PlacementRules,
    private readonly workplaces: Workplaces,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get('new')
  @Can('placement.edit')
  @Page('placements/new')
  newForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewPlacementFilter) filter: NewPlacementFilter): Model {
    return this.newModel(actor, { id }, filter);
  }

  @Post('new')
  @Can('placement.edit')
  @Form('placements/new', 'newModel')
  async plan(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewPlacementFilter) _: NewPlacementFilter, @Input(PlanPlacement) command: PlanPlacement): Promise<Redirect> {
    return redirect(pageOf(id, await this.placements.plan(actor, id, command)), 'placements.notice.planned');
  }

  /** Employers are looked for by POST: at whom somebody may work stands in no address. */
  @Post('find')
  @HttpCode(200)
  @Can('placement.edit')
  @Page('placements/new')
  @Form('placements/new', 'newModel')
  async find(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(FindEmployer) { q }: FindEmployer): Promise<object> {
    return { ...await this.newModel(actor, { id }, {}), looked: { q, found: await this.workplaces.find(actor, q) } };
  }

  /** A page that is asked by POST alone leads back to the form. */
  @Get('find')
  @Can('placement.edit')
  async fromFind(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<Redirect> {
    await this.participants.read(actor, id);
    return redirect(`/participants/${id}/placements/new`);
  }

  @Get(':placement')
  @Can('placement.read')
  @Page('placements/placement')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string): Promise<object> {
    const model = await this.model(actor, { id, placement }, {}, {});
    const known = model.placement;
    return {
      ...model, history: [...known.history].reverse().map((line) => ({ ...line, changes: changesShown(line, known) })),
      placement: { ...known, evidence: known.evidence.map((one) => ({ ...one, bars: LEVELS.indexOf(one.level) + 1 })) },
      least: minimumWageOn(await this.workplaces.countryOf(actor, known.employerId), known.firstDayOn ?? known.plannedStartOn ?? this.today(actor)),
      ageToCheck: known.state === 'planned' ? await this.rules.ageToCheck(actor, id, known.employerId, known.contract) : null, may: { edit: allows(actor.role, 'placement.edit') },
    };
  }

  @Get(':placement/start')
  @Can('placement.edit')
  @Page('placements/start')
  startForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back): Model {
    return this.startModel(actor, { id, placement }, from);
  }

  @Post(':placement/start')
  @Can('placement.edit')
  @Upload('file', { max: LARGEST_PAPER })
  @Form('placements/start', 'startModel')
  async start(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back, @Input(StartPlacement) command: StartPlacement, @Uploaded() file: UploadedFile | null): Promise<Redirect> {
    await this.placements.start(actor, id, placement, command, file);
    return done(id, placement, 'started', from);
  }

  @Get(':placement/first-day')
  @Can('placement.edit')
  @Page('placements/first-day')
  firstDayForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back): Model {
    return this.firstDayModel(actor, { id, placement }, from);
  }

  @Post(':placement/first-day')
  @Can('placement.edit')
  @Form('placements/first-day', 'firstDayModel')
  async correctFirstDay(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back, @Input(CorrectFirstDay) command: CorrectFirstDay): Promise<Redirect> {
    await this.placements.correctFirstDay(actor, id, placement, command);
    return done(id, placement, 'firstDay', from);
  }

  @Get(':placement/never-started')
  @Can('placement.edit')
  @Page('placements/never-started')
  neverForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back): Model {
    return this.neverModel(actor, { id, placement }, from);
  }

  @Post(':placement/never-started')
  @Can('placement.edit')
  @Form('placements/never-started', 'neverModel')
  async neverStarted(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back, @Input(NeverStarted) command: NeverStarted): Promise<Redirect> {
    await this.placements.neverStarted(actor, id, placement, command);
    return done(id, placement, 'neverStarted', from);
  }

  @Get(':placement/change')
  @Can('placement.edit')
  @Page('placements/change')
  changeForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back): Model {
    return this.changeModel(actor, { id, placement }, from);
  }

  @Post(':placement/change')
  @Can('placement.edit')
  @Form('placements/change', 'changeModel')
  async change(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back, @Input(ChangePlacement) command: ChangePlacement): Promise<Redirect> {
    return done(id, placement, (await this.placements.change(actor, id, placement, command)) ? 'changed' : 'unchanged', from);
  }

  @Get(':placement/end')
  @Can('placement.edit')
  @Page('placements/end')
  endForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back): Model {
    return this.endModel(actor, { id, placement }, from);
  }

  @Post(':placement/end')
  @Can('placement.edit')
  @Upload('file', { max: LARGEST_PAPER })
  @Form('placements/end', 'endModel')
  async end(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back, @Input(EndPlacement) command: EndPlacement, @Uploaded() file: UploadedFile | null): Promise<Redirect> {
    await this.placements.end(actor, id, placement, command, file);
    return done(id, placement, 'ended', from);
  }

  @Get(':placement/reopen')
  @Can('placement.edit')
  @Page('placements/reopen')
  reopenForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back): Model {
    return this.backModel(actor, { id, placement }, from);
  }

  @Post(':placement/reopen')
  @Can('placement.edit')
  @Form('placements/reopen', 'backModel')
  async reopen(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back, @Input(TakeBack) command: TakeBack): Promise<Redirect> {
    await this.placements.reopen(actor, id, placement, command);
    return done(id, placement, 'reopened', from);
  }

  @Get(':placement/annul')
  @Can('placement.edit')
  @Page('placements/annul')
  annulForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back): Model {
    return this.backModel(actor, { id, placement }, from);
  }

  @Post(':placement/annul')
  @Can('placement.edit')
  @Form('placements/annul', 'backModel')
  async annul(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back, @Input(TakeBack) command: TakeBack): Promise<Redirect> {
    await this.placements.annul(actor, id, placement, command);
    return done(id, placement, 'annulled', from);
  }

  @Get(':placement/evidence')
  @Can('placement.edit')
  @Page('placements/evidence')
  evidenceForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back): Model {
    return this.evidenceModel(actor, { id, placement }, from);
  }

  @Post(':placement/evidence')
  @Can('placement.edit')
  @Upload('file', { max: LARGEST_PAPER })
  @Form('placements/evidence', 'evidenceModel')
  async addEvidence(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @Filter(Back) from: Back, @Input(AddEvidence) command: AddEvidence, @Uploaded() file: UploadedFile | null): Promise<Redirect> {
    await this.placements.addEvidence(actor, id, placement, command, file);
    return done(id, placement, 'evidence', from);
  }

  @Get(':placement/documents/:payslip')
  @Can('placement.read')
  document(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @PathId('payslip') payslip: string): Promise<Download> {
    return this.reader.document(actor, id, placement, payslip);
  }

  @Get(':placement/documents/:payslip/remove')
  @Can('placement.edit')
  @Page('placements/remove')
  removal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @PathId('payslip') payslip: string): Model {
    return this.removeModel(actor, { id, placement, payslip });
  }

  @Post(':placement/documents/:payslip/remove')
  @Can('placement.edit')
  @Form('placements/remove', 'removeModel')
  async removeEvidence(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('placement') placement: string, @PathId('payslip') payslip: string, @Input(RemoveEvidence) command: RemoveEvidence,
  ): Promise<Redirect> {
    await this.placements.removeEvidence(actor, id, placement, payslip, command);
    return done(id, placement, 'removed', {});
  }

  async removeModel(actor: Actor, { id, placement, payslip }: Params): Model {
    const paper = await this.reader.evidence(actor, id!, placement!, payslip!);
    return { ...await this.model(actor, { id, placement }, {}, {}), paper: { kind: paper.kind, onDay: paper.onDay, documentId: paper.documentId }, form: blankForm({}) };
  }

  async newModel(actor: Actor, { id }: Params, filter: NewPlacementFilter, state?: FormState): Model {
    const person = await this.participants.open(actor, id!);
    const typed = state?.values.employerId;
    const employerId = filter.employer ?? (isId(typed) ? typed : null);
    const employer = employerId ? await this.workplaces.employer(actor, employerId) : null;
    const here = `/participants/${id}/placements/new`;
    return {
      person, employer, looked: null, leave: `/participants/${id}`, newEmployer: withBack('/employers/new', here), ...(await this.choices(actor, employer, null)),
      form: blankForm({ employerId: employer?.id ?? null, setting: 'ordinary', reserved: false, subsidised: false }),
    };
  }

  startModel(actor: Actor, params: Params, from: Back): Model {
    return this.model(actor, params, from, {}, 'start', (known) => ({ firstDayOn: known.plannedStartOn !== null && known.plannedStartOn <= this.today(actor) ? known.plannedStartOn : null }));
  }

  firstDayModel(actor: Actor, params: Params, from: Back): Model {
    return this.model(actor, params, from, {}, 'first-day', ({ firstDayOn }) => ({ firstDayOn }));
  }

  neverModel(actor: Actor, params: Params, from: Back): Model {
    return this.model(actor, params, from, {}, 'never-started', () => ({ on: this.today(actor) }));
  }

  async changeModel(actor: Actor, params: Params, from: Back): Model {
    const model = await this.model(actor, params, from, {}, 'change', (known) => ({
      ...known, wage: known.wage === null ? null : writtenAmount(known.wage, known.currency!, actor.language), weeklyMinutes: known.weeklyMinutes === null ? null : hoursOf(known.weeklyMinutes), effectiveOn: this.today(actor),
    }));
    return { ...model, ...(await this.choices(actor, model.employer, model.placement.currency)) };
  }

  endModel(actor: Actor, params: Params, from: Back): Model {
    return this.model(actor, params, from, { precisions: END_PRECISIONS, by: END_BY, reasons: END_REASONS }, 'end', () => ({ precision: 'exact', learntOn: this.today(actor) }));
  }

  backModel(actor: Actor, params: Params, from: Back): Model {
    return this.model(actor, params, from, {}, '', () => ({}));
  }

  evidenceModel(actor: Actor, params: Params, from: Back): Model {
    return this.model(actor, params, from, { about: EVIDENCE_ABOUT }, 'evidence', ({ firstDayOn }) => ({ about: firstDayOn ? 'presence' : 'first-day' }));
  }

  /** One job, with the form that opens about it. */
  private async model(actor: Actor, { id, placement }: Params, { back }: Back, choices: object, act = '', opens: (known: PlacementFile) => Record<string, unknown> = () => ({})) {
    const person = await this.participants.open(actor, id!);
    const known = await this.placements.open(actor, id!, placement!);
    const page = pageOf(id!, known.id);
    const employer = await this.workplaces.employer(actor, known.employerId);
    const site = known.siteId ? (await this.workplaces.sites(actor, known.employerId)).find((one) => one.id === known.siteId) ?? null : null;
    const spells = act === 'start' || act === 'first-day' ? (await this.placements.of(actor, id!)).filter((one) => one.id !== known.id && one.employerId === known.employerId && one.firstDayOn && one.state !== 'annulled') : [];
    return {
      person, placement: known, at: page, employer, spells, site: site?.name ?? null, ...formWay(act ? `${page}/${act}` : page, page, back), accept: ACCEPTED,
      choices: { evidence: EVIDENCE_KINDS, ...choices }, form: blankForm(act === 'evidence' ? opens(known) : { ...opens(known), version: known.version }),
    };
  }

  private async choices(actor: Actor, employer: Workplace | null, currency: string | null): Promise<object> {
    const first = currency ?? await this.workplaces.currencyOf(actor, employer);
    return {
      sites: employer ? (await this.workplaces.sites(actor, employer.id)).map((one) => ({ value: one.id, label: one.name })) : [],
      choices: { settings: SETTINGS, contracts: CONTRACTS, periods: WAGE_PERIODS, foundBy: FOUND_BY, currencies: currencyChoices(actor.language, first ? [first] : []) },
    };
  }

  private today(actor: Actor): string {
    return this.clock.today(actor.timeZone);
  }
}

const pageOf = (id: string, placement: string): string => `/participants/${id}/placements/${placement}`;

type Done = 'planned' | 'started' | 'firstDay' | 'neverStarted' | 'changed' | 'unchanged' | 'ended' | 'reopened' | 'annulled' | 'evidence' | 'removed';
/** Back to where it was asked for, with what was done said. */
const done = (id: string, placement: string, what: Done, from: Back): Redirect => redirect(ownPath(from.back) ?? pageOf(id, placement), `placements.notice.${what}`);

/** Minutes as a form takes hours: 35, 35:30. */
function hoursOf(minutes: number): string {
  const rest = minutes % 60;
  return rest === 0 ? String(minutes / 60) : `${Math.floor(minutes / 60)}:${String(rest).padStart(2, '0')}`;
}
