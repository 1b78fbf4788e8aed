import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor, Language } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Words } from '../../platform/views/words';
import { Filter } from '../../platform/web/input';
import { ReaderLanguage } from '../../platform/web/language';
import { Download, Form, NoUnit, Page } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { PATHWAYS } from '../pathways';
import { LEVELS, SETTINGS } from '../placements';
import { retentionChart } from './chart';
import { DEFINITIONS } from './definitions';
import { DIMENSIONS, type Dimension } from './figures';
import { EXCLUSIONS, PathwayCasesFilter, PathwaysFilter, RetentionCasesFilter, RetentionFilter } from './indicators.dto';
import { IndicatorsService } from './indicators.service';
import { addressOf, countLine, coverageLine, headOf, monthLine, overlapOf } from './lines';
import { MEASURES, RULES } from './point-in-time';

@ApiExcludeController()
@Controller('reports')
export class IndicatorsPages {
  constructor(
    private readonly indicators: IndicatorsService,
    private readonly words: Words,
  ) {}

  @Get()
  @Can('report.read')
  @NoUnit()
  @Page('indicators/reports')
  list(): object {
    return {};
  }

  @Get('pathways')
  @Can('report.read')
  @Page('indicators/pathways')
  @Form('indicators/pathways', 'pathwaysModel')
  pathways(@CurrentActor() actor: Actor, @Filter(PathwaysFilter) filter: PathwaysFilter): Promise<object> {
    return this.pathwaysModel(actor, {}, filter);
  }

  /** The figures of a filter; of one that makes no sense, of what makes sense in it. */
  async pathwaysModel(actor: Actor, _: object, filter: PathwaysFilter): Promise<object> {
    const view = await this.indicators.pathways(actor, filter);
    const by = filter.by ?? 'pathway';
    const names = await this.indicators.serviceNames(actor);
    const rows = view.by.find(({ dimension }) => dimension === by)!.rows;
    return {
      ...view, by, lines: rows.map((row) => ({ ...headOf(by, row.value, names), ...countLine(row, { ...filter, by, value: row.value }) })), whole: countLine(view.total, filter), overlap: overlapOf(rows, view.total),
      coverage: view.coverage.map((one) => coverageLine(one, filter)), choices: await this.choices(actor), form: blankForm({ ...filter, from: view.from, to: view.to, settings: view.settings, by }),
      csv: addressOf('/reports/pathways/export', filter),
    };
  }

  @Get('pathways/export')
  @Can('report.read')
  async pathwaysCsv(@CurrentActor() actor: Actor, @Filter(PathwaysFilter) filter: PathwaysFilter, @ReaderLanguage() language: Language): Promise<Download> {
    return new Download('jalon-pathways.csv', 'text/csv; charset=utf-8', await this.indicators.pathwaysCsv(actor, filter, language));
  }

  @Get('pathways/cases')
  @Can('report.read')
  @Page('indicators/pathway-cases')
  async pathwayCases(@CurrentActor() actor: Actor, @Filter(PathwayCasesFilter) filter: PathwayCasesFilter): Promise<object> {
    const { figure, value: _, page: __, ...report } = filter;
    return { ...await this.indicators.pathwayCases(actor, filter), figure, group: await this.headOf(actor, filter.by ?? 'pathway', filter.value), back: addressOf('/reports/pathways', report) };
  }

  @Get('retention')
  @Can('report.read')
  @Page('indicators/retention')
  @Form('indicators/retention', 'retentionModel')
  retention(@CurrentActor() actor: Actor, @Filter(RetentionFilter) filter: RetentionFilter): Promise<object> {
    return this.retentionModel(actor, {}, filter);
  }

  /** The figures of a filter; of one that makes no sense, of what makes sense in it. */
  async retentionModel(actor: Actor, _: object, filter: RetentionFilter): Promise<object> {
    const view = await this.indicators.retention(actor, filter);
    const names = await this.indicators.serviceNames(actor);
    const by = filter.by ?? null;
    const head = view.total.find(({ month, conservative }) => month === 12 && conservative !== null) ?? view.total.find(({ conservative }) => conservative !== null) ?? null;
    return {
      ...view, by, head, isEmpty: view.total.every(({ due, notYetDue }) => due + notYetDue === 0), whole: view.total.map((row) => monthLine(row, filter)), definitions: [DEFINITIONS[view.measure]],
      groups: by ? view.by.find(({ dimension }) => dimension === by)!.rows.map(({ value, months }) => ({ ...headOf(by, value, names), months: months.map((row) => monthLine(row, { ...filter, by, value })) })) : [],
      isThin: view.total.some(({ fewAnswers }) => fewAnswers), delayedHref: addressOf('/reports/retention/cases', { ...filter, month: 1, standing: 'delayed' }),
      choices: { ...await this.choices(actor), measures: MEASURES, rules: RULES, levels: LEVELS, exclusions: EXCLUSIONS },
      form: blankForm({ ...filter, measure: view.measure, rule: view.rule, gap: filter.gap ?? 30, level: view.level, cutoff: view.cutoff, settings: view.settings }),
      csv: addressOf('/reports/retention/export', filter), chart: addressOf('/reports/retention/chart.svg', filter), narrowChart: addressOf('/reports/retention/chart-narrow.svg', filter),
    };
  }

  @Get('retention/export')
  @Can('report.read')
  async retentionCsv(@CurrentActor() actor: Actor, @Filter(RetentionFilter) filter: RetentionFilter, @ReaderLanguage() language: Language): Promise<Download> {
    return new Download('jalon-retention.csv', 'text/csv; charset=utf-8', await this.indicators.retentionCsv(actor, filter, language));
  }

  @Get('retention/chart.svg')
  @Can('report.read')
  chart(@CurrentActor() actor: Actor, @Filter(RetentionFilter) filter: RetentionFilter, @ReaderLanguage() language: Language): Promise<Download> {
    return this.draw(actor, filter, language, false);
  }

  /** The same for the width of a phone: an image that is scaled down is not read. */
  @Get('retention/chart-narrow.svg')
  @Can('report.read')
  narrowChart(@CurrentActor() actor: Actor, @Filter(RetentionFilter) filter: RetentionFilter, @ReaderLanguage() language: Language): Promise<Download> {
    return this.draw(actor, filter, language, true);
  }

  @Get('retention/cases')
  @Can('report.read')
  @Page('indicators/retention-cases')
  async retentionCases(@CurrentActor() actor: Actor, @Filter(RetentionCasesFilter) filter: RetentionCasesFilter): Promise<object> {
    const { month, standing, value: _, page: __, ...report } = filter;
    const { items, ...page } = await this.indicators.retentionCases(actor, filter);
    return {
      ...page, items: items.map((one) => ({ ...one, bars: one.level ? LEVELS.indexOf(one.level) + 1 : 0 })), month, standing, measure: filter.measure ?? 'same-employer',
      group: await this.headOf(actor, filter.by ?? null, filter.value), back: addressOf('/reports/retention', report),
    };
  }

  private async draw(actor: Actor, filter: RetentionFilter, language: Language, narrow: boolean): Promise<Download> {
    const say = (key: string, values: Record<string, unknown> = {}): string => this.words.say(language, `indicators.${key}`, values);
    const { total } = await this.indicators.retention(actor, filter);
    const drawn = await retentionChart(total, { parts: { retained: say('column.retained'), unknown: say('column.unknown'), lost: say('column.lost') }, month: (month) => say('months', { month }) }, narrow);
    return new Download('jalon-retention.svg', 'image/svg+xml; charset=utf-8', drawn);
  }

  private async choices(actor: Actor): Promise<object> {
    return { ...await this.indicators.choices(actor), dimensions: DIMENSIONS, settings: SETTINGS, pathways: PATHWAYS };
  }

  private async headOf(actor: Actor, by: Dimension | null, value: string | undefined): Promise<object> {
    return by === null || value === undefined ? { label: null, name: null } : headOf(by, value, await this.indicators.serviceNames(actor));
  }
}
