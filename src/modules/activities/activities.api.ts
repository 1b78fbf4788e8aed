import { Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter, Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { ActivitiesFilter, CorrectContact, LogContact, WithdrawContact, type ActivityView } from './activities.dto';
import { ActivitiesService } from './activities.service';

@ApiTags('activities')
@Controller('api/v1/activities')
export class ActivitiesApi {
  constructor(private readonly activities: ActivitiesService) {}

  /** Lists the contacts with a person, the latest first. A page at a time: the next begins with `beforeOn` and `beforeId` of the last one. */
  @Get()
  @Can('activity.read')
  async list(@CurrentActor() actor: Actor, @Filter(ActivitiesFilter) { participantId, beforeOn, beforeId }: ActivitiesFilter): Promise<{ items: ActivityView[] }> {
    return { items: await this.activities.read(actor, participantId, beforeOn && beforeId ? { happenedOn: beforeOn, id: beforeId } : null) };
  }

  /** Reads one contact. */
  @Get(':id')
  @Can('activity.read')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<ActivityView> {
    return (await this.activities.open(actor, id)).activity;
  }

  /** Logs a contact: an interview, a call, a visit or administrative work. */
  @Post()
  @Can('activity.log')
  async log(@CurrentActor() actor: Actor, @Input(LogContact) command: LogContact): Promise<Created<ActivityView>> {
    const id = await this.activities.log(actor, command);
    return created(`/api/v1/activities/${id}`, (await this.activities.open(actor, id)).activity);
  }

  /** Corrects a contact. What stood there before stays in the log. */
  @Put(':id')
  @Can('activity.log')
  async correct(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(CorrectContact) command: CorrectContact): Promise<ActivityView> {
    await this.activities.correct(actor, id, command);
    return (await this.activities.open(actor, id)).activity;
  }

  /** Withdraws a contact that was logged by mistake. It stays readable, with the reason, and counts for nothing. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @Can('activity.log')
  async withdraw(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(WithdrawContact) command: WithdrawContact): Promise<ActivityView> {
    await this.activities.withdraw(actor, id, command);
    return (await this.activities.open(actor, id)).activity;
  }
}
