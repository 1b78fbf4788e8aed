import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { isId } from '../../../platform/id';
import { Filter, Input } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm, type FormState } from '../../../platform/web/pages';
import { AT_ONCE, CaseloadsService, HandOverMany } from '../../caseloads';
import { UsersService } from '../../identity';
import { ParticipantsService } from '../../participants';
import { HandOverFilter } from './caseload.dto';

/** Several people get another coach in one act: those who were ticked in the caseload, or all of a coach who leaves. */
@ApiExcludeController()
@Controller('caseload/hand-over')
export class HandOverPages {
  constructor(
    private readonly caseloads: CaseloadsService,
    private readonly participants: ParticipantsService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('caseload.hand-over')
  @Page('desk/hand-over')
  choose(@CurrentActor() actor: Actor, @Filter(HandOverFilter) filter: HandOverFilter): Promise<object> {
    return this.handOverForm(actor, {}, filter);
  }

  @Post()
  @Can('caseload.hand-over')
  @Form('desk/hand-over', 'handOverForm')
  async handOver(@CurrentActor() actor: Actor, @Input(HandOverMany) command: HandOverMany): Promise<Redirect> {
    const count = await this.caseloads.handOverMany(actor, command);
    const name = (await this.users.names(actor, [command.toCoachId])).get(command.toCoachId) ?? '';
    return redirect('/caseload', { key: 'desk.told.handedOver', values: { count, name, day: command.on }, act: null });
  }

  /** Shown again it is about the people who were sent. */
  async handOverForm(actor: Actor, _: object, { participantIds = [], coach }: Partial<HandOverFilter>, refused?: FormState): Promise<object> {
    const sent = Object.entries(refused?.values ?? {}).flatMap(([name, value]) => (/^people\.\d+\.participantId$/.test(name) ? [String(value)] : []));
    const leads = await this.caseloads.lastLeads(actor, coach && !refused ? { coachId: coach } : { participantIds: (refused ? sent : participantIds).filter(isId) });
    const found = await this.participants.people(actor, AT_ONCE, [...leads.keys()]);
    const names = await this.users.names(actor, [...new Set([...leads.values()].map((one) => one.coachId))]);
    const people = found.map(({ id, name }) => ({ id, name, coachName: names.get(leads.get(id)!.coachId) ?? '', ...leads.get(id)! }));
    const coaches = (await this.users.coachesOf(actor)).filter((one) => one.id !== coach).map((one) => ({ value: one.id, label: one.name }));
    return {
      // A hand-over that is still to come has to begin, or be changed on the person's own page.
      people: people.filter((one) => !one.planned), planned: people.filter((one) => one.planned), more: leads.size > AT_ONCE, most: AT_ONCE, coaches,
      form: blankForm({ on: this.clock.today(actor.timeZone) }),
    };
  }
}
