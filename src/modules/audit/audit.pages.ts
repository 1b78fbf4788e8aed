import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Filter } from '../../platform/web/input';
import { Download, Form, Page } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { OUTCOMES, type Outcome } from './audit-event.entity';
import { LogFilter } from './audit.dto';
import { LogInWords } from './log-in-words';
import { LogService } from './log.service';

/** How an outcome looks. */
const STATES: Record<Outcome, string> = { done: 'ok', read: 'none', refused: 'warn' };

@ApiExcludeController()
@Controller('audit')
export class AuditPages {
  constructor(
    private readonly log: LogService,
    private readonly words: LogInWords,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('audit.read')
  @Page('audit/log')
  @Form('audit/log', 'nothing')
  async list(@CurrentActor() actor: Actor, @Filter(LogFilter) filter: LogFilter): Promise<object> {
    const { items, next } = await this.log.page(actor, filter);
    const { before, ...kept } = filter;
    const query = new URLSearchParams(Object.entries(kept).filter((one): one is [string, string] => one[1] !== undefined));
    const at = (more: Record<string, string>): string => new URLSearchParams([...query, ...Object.entries(more)]).toString();
    return {
      form: blankForm({ ...kept }),
      isFiltered: query.size > 0,
      items: items.map((one) => this.words.event(actor.language, one)),
      first: before ? `/audit?${at({})}` : null,
      next: next ? `/audit?${at({ before: next })}` : null,
      export: `/audit/export?${at({})}`,
      states: STATES,
      choices: await this.choices(actor),
    };
  }

  @Get('export')
  @Can('audit.export')
  async export(@CurrentActor() actor: Actor, @Filter(LogFilter) filter: LogFilter): Promise<Download> {
    return new Download(`audit-${this.clock.today(actor.timeZone)}.csv`, 'text/csv; charset=utf-8', await this.log.export(actor, filter));
  }

  /** The page of a filter that makes no sense: the form says why, nothing is listed. */
  async nothing(actor: Actor): Promise<object> {
    return { isFiltered: true, items: [], first: null, next: null, export: null, states: STATES, choices: await this.choices(actor) };
  }

  private async choices(actor: Actor): Promise<object> {
    const { compare } = new Intl.Collator(actor.language);
    const actions = (await this.log.actions(actor)).map((value) => ({ value, label: this.words.act(actor.language, value) }));
    return { actions: actions.sort((a, b) => compare(a.label, b.label)), outcomes: OUTCOMES };
  }
}
