import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { Back, formWay, ownPath } from '../../../platform/web/back';
import { Filter, Input, PathId } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { ParticipantsService } from '../register/participants.service';
import { AnswerEntry, REFUSED } from './entry.dto';
import { EntryService } from './entry.service';

@ApiExcludeController()
@Controller('participants/:id/entry')
export class EntryPages {
  constructor(
    private readonly entry: EntryService,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('participant.edit')
  @Page('participants/entry')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.entryForm(actor, { id }, from);
  }

  @Post()
  @Can('participant.edit')
  @Form('participants/entry', 'entryForm')
  async answer(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) { back }: Back, @Input(AnswerEntry) command: AnswerEntry): Promise<Redirect> {
    const { changed, left } = await this.entry.answer(actor, id, command);
    const notice = changed === 0 ? 'participants.notice.unchanged' : left === 0 ? 'participants.notice.entry' : { key: 'participants.told.entryLeft', values: { left }, act: null };
    return redirect(ownPath(back) ?? profileOf(id), notice);
  }

  async entryForm(actor: Actor, { id }: Record<string, string>, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const { items, version } = await this.entry.of(actor, id!);
    const asked = items.map((one, index) => ({ ...one, index, choices: [...one.options, REFUSED] }));
    return {
      person, ...formWay(`/participants/${id}/entry`, profileOf(id!), back), groups: ['entry', 'disability'].map((key) => ({ key, items: asked.filter((one) => one.group === key) })),
      form: blankForm({ version, answeredOn: this.clock.today(actor.timeZone) }),
    };
  }
}

const profileOf = (id: string): string => `/participants/${id}/profile`;
