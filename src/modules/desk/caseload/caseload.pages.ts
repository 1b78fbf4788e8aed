import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor, Language } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { Filter, Input, PathId } from '../../../platform/web/input';
import { ReaderLanguage } from '../../../platform/web/language';
import { Download, Form, NoUnit, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm, type FormState } from '../../../platform/web/pages';
import { allows, UsersService } from '../../identity';
import { PATHWAYS } from '../../pathways';
import { CaseloadFilter, FILTERS, KeepView, SCOPES, WITHIN } from './caseload.dto';
import { CaseloadService } from './caseload.service';
import { queryOf, SavedViews } from './saved-views.service';

/** Ready-made views: everybody, and what presses. */
const VIEWS = [
  { key: 'all', icon: null, filter: {} },
  { key: 'late', icon: 'late', filter: { late: true } },
  { key: 'warned', icon: 'warn', filter: { warned: true } },
  { key: 'silent', icon: null, filter: { silent: true } },
] as const;

@ApiExcludeController()
@Controller('caseload')
export class CaseloadPages {
  constructor(
    private readonly caseload: CaseloadService,
    private readonly views: SavedViews,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('caseload.read')
  @Page('desk/caseload')
  async list(@CurrentActor() actor: Actor, @Filter(CaseloadFilter) filter: CaseloadFilter): Promise<object> {
    const page = await this.caseload.page(actor, filter);
    const summary = await this.caseload.summary(actor, FILTERS.every((name) => !filter[name]) ? page.people : undefined);
    const coaches = actor.role === 'manager' ? await this.users.coachesOf(actor) : null;
    const query = queryOf(filter);
    const counts = { all: summary.people, late: summary.late, warned: summary.warned, silent: summary.silent };
    const filterOnly = queryOf({ ...filter, sort: undefined, order: undefined });
    const saved = (await this.views.of(actor)).map((one) => ({ ...one, current: one.query === query && query !== '' }));
    return {
      ...page, rowPeople: page.people, summary, query, saved, kept: saved.some((one) => one.current), mayHandOver: allows(actor.role, 'caseload.hand-over'), today: this.clock.today(actor.timeZone),
      filter: Object.fromEntries(FILTERS.map((name) => [name, filter[name] === false ? null : filter[name] ?? null])),
      filtered: filterOnly !== '', sort: filter.sort ?? 'due', descending: filter.order === 'desc',
      views: VIEWS.map(({ key, icon, filter: own }) => ({ key, icon, n: counts[key], href: `/caseload${asQuery(queryOf(own))}`, current: filterOnly === queryOf(own) && !saved.some((one) => one.current) })),
      choices: {
        pathways: PATHWAYS, stages: summary.stages, within: WITHIN, scopes: SCOPES, coaches: coaches?.map(({ id, name }) => ({ value: id, label: name })) ?? null,
      },
      coachName: coaches?.find((one) => one.id === filter.coach)?.name ?? null,
      stageTitle: summary.stages.find((one) => one.stage === filter.stage)?.title ?? null,
      empty: VIEWS.find(({ key, filter: own }) => key !== 'all' && filterOnly === queryOf(own))?.key ?? 'other', form: blankForm({ ...filter }), csv: `/caseload/export${asQuery(query)}`,
    };
  }

  @Get('export')
  @Can('caseload.read')
  async export(@CurrentActor() actor: Actor, @Filter(CaseloadFilter) filter: CaseloadFilter, @ReaderLanguage() language: Language): Promise<Download> {
    return new Download(`jalon-${this.clock.today(actor.timeZone)}.csv`, 'text/csv; charset=utf-8', await this.caseload.export(actor, filter, language));
  }

  /** The page that asks for a name again is asked by POST alone: by its address it leads back to the list. */
  @Get('views')
  @Can('caseload.read')
  @NoUnit()
  fromViews(): Redirect {
    return redirect('/caseload');
  }

  @Post('views')
  @Can('caseload.read')
  @Form('desk/keep-view', 'keepForm')
  async keep(@CurrentActor() actor: Actor, @Input(KeepView) command: KeepView): Promise<Redirect> {
    const { view: { name }, replaced } = await this.views.keep(actor, command);
    return redirect(`/caseload${asQuery(command.query ?? '')}`, replaced ? { key: 'desk.told.viewReplaced', values: { name }, act: null } : 'desk.notice.viewKept');
  }

  /** The name alone, where it was refused or sent after the session: the list itself stands at its own address. */
  async keepForm(_: Actor, __: object, ___: object, { values }: FormState): Promise<object> {
    const query = typeof values.query === 'string' ? values.query : '';
    return Promise.resolve({ query, back: `/caseload${asQuery(query)}` });
  }

  @Post('views/:id/delete')
  @Can('caseload.read')
  async drop(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<Redirect> {
    await this.views.delete(actor, id);
    return redirect('/caseload', 'desk.notice.viewDeleted');
  }
}

const asQuery = (query: string): string => (query ? `?${query}` : '');
