import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LANGUAGES, type Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { addDays } from '../../../platform/days';
import { Words } from '../../../platform/views/words';
import { Back, formWay, ownPath, withBack } from '../../../platform/web/back';
import { Filter, Input, PathId } from '../../../platform/web/input';
import type { Notice } from '../../../platform/web/notice';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm, type FormState } from '../../../platform/web/pages';
import { QuickContact } from '../../activities';
import { AgendaService, Postpone, TickOff } from '../../agenda';
import { AccompaniedRepository } from '../accompanied.repository';
import { STATE_OF } from './today.dto';
import { TodayFilter } from './today.filter';
import { TodayService } from './today.service';

/** Days by which something is put off unless somebody says otherwise. */
const USUAL_DELAY = 7;

@ApiExcludeController()
@Controller()
export class TodayPages {
  constructor(
    private readonly desk: TodayService,
    private readonly agenda: AgendaService,
    private readonly accompanied: AccompaniedRepository,
    private readonly quick: QuickContact,
    private readonly words: Words,
    private readonly clock: Clock,
  ) {}

  @Get('today')
  @Can('today.read')
  @Page('desk/today')
  async today(@CurrentActor() actor: Actor, @Filter(TodayFilter) { participant, kind, ...filter }: TodayFilter): Promise<object> {
    const { groups, total, size, later: beyond } = await this.desk.of(actor, filter);
    const { people, others } = await this.accompanied.people(actor);
    const named = groups.map((one) => ({ ...one, state: STATE_OF[one.group], shown: filter.group === undefined || filter.group === one.group }));
    const later = named.find((one) => one.group === 'later')!;
    return {
      groups: named.filter((one) => one.group !== 'later'), only: filter.group ?? null, size, total, people, today: this.clock.today(actor.timeZone),
      beyond: { ...later, shown: filter.group === 'later' || (later.shown && filter.later === true), things: beyond.count, after: beyond.after },
      upToDate: others, until: beyond.after, teamLate: actor.role === 'manager' ? (await this.accompanied.pressing(actor)).late : null,
      quick: await this.quick.of(actor, { chosen: participant ? [participant] : [], kind: kind ?? null, from: 'today' }),
    };
  }

  @Get('agenda/:id/postpone')
  @Can('agenda.postpone')
  @Page('desk/postpone')
  postponeForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) back: Back): Promise<object> {
    return this.postponeModel(actor, { id }, back);
  }

  /** Opens with a usual day; beside a form that lost against another postponement stands what that one wrote. */
  async postponeModel(actor: Actor, { id }: { id?: string }, { back }: Back, refused?: FormState): Promise<object> {
    const reason = await this.desk.reason(actor, id!);
    const opens = refused ? { dueOn: reason.dueOn, reason: reason.postponed?.reason ?? null } : { dueOn: addDays(this.clock.today(actor.timeZone), USUAL_DELAY), reason: null };
    return { reason, ...formWay(`/agenda/${id}/postpone`, '/today', back), furthest: this.agenda.furthest(), form: blankForm({ ...opens, version: reason.version }) };
  }

  @Post('agenda/:id/postpone')
  @Can('agenda.postpone')
  @Form('desk/postpone', 'postponeModel')
  async postpone(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(Postpone) command: Postpone, @Filter(Back) { back }: Back): Promise<Redirect> {
    await this.agenda.postpone(actor, id, command);
    return redirect(ownPath(back) ?? '/today', 'desk.notice.postponed');
  }

  @Post('agenda/:id/done')
  @Can('agenda.done')
  async done(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(TickOff) command: TickOff, @Filter(Back) { back }: Back): Promise<Redirect> {
    await this.agenda.tickOff(actor, id, command);
    return redirect(ownPath(back) ?? '/today', await this.told(actor, id, back));
  }

  @Post('agenda/:id/reopen')
  @Can('agenda.done')
  async reopen(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(TickOff) command: TickOff, @Filter(Back) { back }: Back): Promise<Redirect> {
    await this.agenda.reopen(actor, id, command);
    return redirect(ownPath(back) ?? '/today', 'desk.notice.reopened');
  }

  /** What was ticked off, for whom, and how it is taken back. */
  private async told(actor: Actor, id: string, back: string | undefined): Promise<Notice> {
    const { name, what: { kind, params, dueOn, version } } = await this.desk.said(actor, id);
    const what = Object.fromEntries(LANGUAGES.map((language) => [language, this.words.say(language, `agenda.kind.${kind}`, { ...params, due: dueOn })]));
    return { key: 'desk.told.done', values: { what, name }, act: { action: withBack(`/agenda/${id}/reopen`, back), label: 'desk.act.undo', version } };
  }
}
