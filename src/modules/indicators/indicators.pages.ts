import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor, Language } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Words } from '../../platform/views/words';
import { Filter } from '../../platform/web/input';
import { ReaderLanguage } from '../../platform/web/language';
import { Download, Form, NoUnit, Page } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { LEVELS, SETTINGS } from '../placements';
import { ProgrammesService } from '../programmes';
import { retentionChart } from './chart';
import { COUNT_KEYS, DEFINITIONS, SHARE_KEYS } from './definitions';
import { DIMENSIONS, type Dimension } from './figures';
import { PathwayCasesFilter, PathwaysFilter, RetentionCasesFilter, RetentionFilter } from './indicators.dto';
import { IndicatorsService } from './indicators.service';
import { MEASURES, RULES } from './point-in-time';
import { labelOf } from './value-words';

/** The parts of each share, as the list behind it is asked for. */
const PARTS = {
  hired: ['peopleHired', 'peopleAdmitted'], accessPeriod: ['accessPeriodNumerator', 'accessPeriodDenominator'], accessCohort: ['accessCohortNumerator', 'accessCohortDenominator'], inWork: ['inWorkAtEnd', 'activeAtEnd'],
} as const;
/** Jobs are told by their terms on the page of the person, not counted as enrolments: no list here. */
const WITHOUT_CASES: readonly string[] = ['hires'];

@ApiExcludeController()
@Controller('reports')
export class IndicatorsPages {
  constructor(
    private readonly indicators: IndicatorsService,
    private readonly programmes: ProgrammesService,
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
    const scope = queryOf(filter);
    const cases = (figure: string, value: string | null): string | null => (WITHOUT_CASES.includes(figure) ? null : `/reports/pathways/cases?${queryOf({ ...filter, by, figure, ...(value === null ? {} : { value }) })}`);
    const line = (row: typeof view.total, value: string | null): object => ({
      label: value === null ? null : labelOf(by, value),
      counts: COUNT_KEYS.map((key) => ({ key, n: row[key], href: cases(key, value) })),
      shares: SHARE_KEYS.map((key) => ({ key, ...row[key], numeratorHref: cases(PARTS[key][0], value), denominatorHref: cases(PARTS[key][1], value) })),
    });
    return {
      ...view, by, lines: view.by.find(({ dimension }) => dimension === by)!.rows.map((row) => line(row, row.value)), whole: line(view.total, null), definitions: view.definitions,
      choices: { dimensions: DIMENSIONS, settings: SETTINGS, operations: await this.operations(actor) }, form: blankForm({ ...filter, from: view.from, to: view.to, settings: view.settings, by }),
      csv: `/reports/pathways/export${scope ? `?${scope}` : ''}`,
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
    return { ...await this.indicators.pathwayCases(actor, filter), figure, value: valueKey(filter.by ?? 'pathway', filter.value), back: `/reports/pathways?${queryOf(report)}` };
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
    const scope = queryOf(filter);
    const cases = (month: number, standing: string, more: object = {}): string => `/reports/retention/cases?${queryOf({ ...filter, month, standing, ...more })}`;
    const line = (row: (typeof view.total)[number], more: object = {}): object => ({
      ...row, retainedHref: cases(row.month, 'retained', more), lostHref: cases(row.month, 'lost', more), unknownHref: cases(row.month, 'unknown', more), laterHref: cases(row.month, 'not-yet-due', more),
    });
    const by = filter.by ?? null;
    return {
      ...view, by, lines: view.total.map((row) => line(row)), head: view.total.filter(({ due }) => due > 0).find(({ month }) => month === 12) ?? view.total.find(({ due }) => due > 0) ?? null,
      groups: by ? view.by.find(({ dimension }) => dimension === by)!.rows.map(({ value, months }) => ({ label: labelOf(by, value), months: months.map((row) => line(row, { by, value })) })) : [],
      lowMonths: view.total.filter(({ fewAnswers }) => fewAnswers).map(({ month }) => month), definitions: [DEFINITIONS[view.measure]],
      choices: { measures: MEASURES, rules: RULES, levels: LEVELS, settings: SETTINGS, dimensions: DIMENSIONS, operations: await this.operations(actor) },
      form: blankForm({ ...filter, measure: view.measure, rule: view.rule, gap: filter.gap ?? 30, level: view.level, cutoff: view.cutoff, settings: view.settings }),
      csv: `/reports/retention/export${scope ? `?${scope}` : ''}`, chart: `/reports/retention/chart.svg?${scope}`, narrowChart: `/reports/retention/chart-narrow.svg?${scope}`,
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
      value: filter.by ? valueKey(filter.by, filter.value) : null, back: `/reports/retention?${queryOf(report)}`,
    };
  }

  private async draw(actor: Actor, filter: RetentionFilter, language: Language, narrow: boolean): Promise<Download> {
    const say = (key: string, values: Record<string, unknown> = {}): string => this.words.say(language, `indicators.${key}`, values);
    const { total } = await this.indicators.retention(actor, filter);
    const drawn = await retentionChart(total, { parts: { retained: say('column.retained'), unknown: say('column.unknown'), lost: say('column.lost') }, month: (month) => say('months', { month }) }, narrow);
    return new Download('jalon-retention.svg', 'image/svg+xml; charset=utf-8', drawn);
  }

  private async operations(actor: Actor): Promise<{ value: string; label: string }[]> {
    return actor.service ? (await this.programmes.operationsOf(actor, actor.service)).map(({ id, name }) => ({ value: id, label: name })) : [];
  }
}

function valueKey(by: Dimension, value: string | undefined): string | null {
  return value === undefined ? null : labelOf(by, value);
}

/** A filter as it stands in an address. */
function queryOf(filter: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value as unknown[] : [value]) query.append(name, String(one));
  }
  return query.toString();
}
