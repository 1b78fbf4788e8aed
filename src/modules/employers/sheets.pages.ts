import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { isId } from '../../platform/id';
import { formWay, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm, type FormState } from '../../platform/web/pages';
import { ANSWERS, AUDIENCES, DecideDisclosure, EndSheet, FACTS, FIELD_OF, RevokeItem } from '../disclosure';
import { allows } from '../identity';
import { FORMATS, GIVERS, InformationService, ParticipantsService } from '../participants';
import { SheetFilter } from './employers.dto';
import { SheetsService, type NamedSheet } from './sheets.service';

interface Params { id?: string }

/** The tab of a person that says what may be known at work. */
@ApiExcludeController()
@Controller('participants/:id/disclosure')
export class SheetsPages {
  constructor(
    private readonly sheets: SheetsService,
    private readonly participants: ParticipantsService,
    private readonly information: InformationService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('disclosure.read')
  @Page('disclosure/sheets')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.showModel(actor, { id });
  }

  @Get('new')
  @Can('disclosure.decide')
  @Page('disclosure/decide')
  @Form('disclosure/decide', 'decideModel')
  newForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(SheetFilter) filter: SheetFilter): Promise<object> {
    return this.decideModel(actor, { id }, filter);
  }

  @Post()
  @Can('disclosure.decide')
  @Form('disclosure/decide', 'decideModel')
  async decide(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(SheetFilter) { back }: SheetFilter, @Input(DecideDisclosure) command: DecideDisclosure): Promise<Redirect> {
    await this.sheets.decide(actor, id, command);
    return redirect(ownPath(back) ?? tabOf(id), 'disclosure.notice.decided');
  }

  @Post('items/:item/revoke')
  @Can('disclosure.decide')
  @Form('disclosure/sheets', 'showModel')
  async revoke(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('item') item: string, @Input(RevokeItem) { version }: RevokeItem): Promise<Redirect> {
    await this.sheets.revoke(actor, id, item, version);
    return redirect(tabOf(id), 'disclosure.notice.revoked');
  }

  @Post('sheets/:sheet/end')
  @Can('disclosure.decide')
  @Form('disclosure/sheets', 'showModel')
  async end(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('sheet') sheet: string, @Input(EndSheet) { version }: EndSheet): Promise<Redirect> {
    await this.sheets.end(actor, id, sheet, version);
    return redirect(tabOf(id), 'disclosure.notice.ended');
  }

  async showModel(actor: Actor, { id }: Params): Promise<object> {
    const { items: sheets, withheld } = await this.sheets.read(actor, id!);
    return {
      header: await this.participants.header(actor, id!, 'disclosure'), standing: sheets.filter((one) => one.endedOn === null).map(asTable), earlier: sheets.filter((one) => one.endedOn !== null).map(asTable),
      // Beside a decision for one employer, what was decided for any holds at the others.
      anyEmployer: [...sheets.filter((one) => one.endedOn === null), ...withheld].some((one) => one.employerId !== null) ? 'disclosure.anyOther' : 'disclosure.anyEmployer',
      withheld, audiences: AUDIENCES, may: { decide: allows(actor.role, 'disclosure.decide') }, form: blankForm(),
    };
  }

  async decideModel(actor: Actor, { id }: Params, { employer, q, back }: SheetFilter, state?: FormState): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const beside = await this.information.beside(actor, id!, 'disclosure');
    const typed = state?.values.employerId;
    const { choices: employers, found } = await this.sheets.employersToChoose(actor, id!, q, [employer, typed].filter(isId));
    // Who looked for one by its name means the one that was found.
    const employerId = employer ?? (q && found.length === 1 ? found[0]! : null);
    return {
      person, ...formWay(tabOf(id!), tabOf(id!), back), legal: beside.needs === 'legal', here: `${tabOf(id!)}/new`, back: ownPath(back), search: state && 'q' in state.values ? state : blankForm({ q: q ?? '' }), looked: q ? { q, count: found.length } : null,
      choices: { answers: ANSWERS, audiences: AUDIENCES, formats: FORMATS, givers: GIVERS, facts: FACTS.map((fact) => ({ fact, field: FIELD_OF[fact] })), employers },
      form: blankForm({ employerId, decidedOn: this.clock.today(actor.timeZone), giver: beside.needs === 'legal' ? 'self-and-legal' : 'self', ...(beside.needs === 'legal' && !beside.byService ? { coSigner: beside.holder } : {}) }),
    };
  }
}

/** Fact by fact, with who may know it; facts that nobody may know have their line too. */
function asTable(sheet: NamedSheet): object {
  return { ...sheet, facts: FACTS.map((fact) => ({ fact, who: sheet.items.filter((one) => one.fact === fact) })) };
}

const tabOf = (id: string): string => `/participants/${id}/disclosure`;
