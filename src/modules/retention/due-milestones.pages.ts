import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor, Language } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Filter } from '../../platform/web/input';
import { ReaderLanguage } from '../../platform/web/language';
import { Download, Page } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { UsersService } from '../identity';
import { DueMilestonesService } from './due-milestones.service';
import { DueFilter, SHOWN } from './retention.dto';

/** Who is to be asked: a list to work through. */
@ApiExcludeController()
@Controller('milestones')
export class DueMilestonesPages {
  constructor(
    private readonly due: DueMilestonesService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('milestone.read')
  @Page('retention/due')
  async list(@CurrentActor() actor: Actor, @Filter(DueFilter) filter: DueFilter): Promise<object> {
    const { items, total, page, size } = await this.due.page(actor, filter);
    const show = filter.show ?? 'now';
    const coaches = actor.role === 'manager' ? (await this.users.coachesOf(actor)).map(({ id, name }) => ({ value: id, label: name })) : null;
    return {
      items, total, page, pageSize: size, show, coaches, coach: filter.coach ?? null, descending: filter.order === 'desc', form: blankForm({ show, coach: filter.coach ?? null }),
      views: SHOWN.map((one) => ({ show: one, href: addressOf({ show: one, coach: filter.coach }), current: one === show })), csv: addressOf(filter, '/export'),
    };
  }

  @Get('export')
  @Can('milestone.read')
  async export(@CurrentActor() actor: Actor, @Filter(DueFilter) filter: DueFilter, @ReaderLanguage() language: Language): Promise<Download> {
    return new Download(`jalon-${this.clock.today(actor.timeZone)}.csv`, 'text/csv; charset=utf-8', await this.due.export(actor, filter, language));
  }
}

function addressOf({ show, coach, order }: DueFilter, more = ''): string {
  const query = new URLSearchParams(Object.entries({ show: show === 'now' ? undefined : show, coach, order }).filter((pair): pair is [string, string] => pair[1] !== undefined)).toString();
  return `/milestones${more}${query ? `?${query}` : ''}`;
}
