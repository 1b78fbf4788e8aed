import type { Command } from 'commander';
import { IndicatorsService, sumOfPathways, type PathwaysView } from '../modules/indicators';
import { ProgrammesService } from '../modules/programmes';
import { Actor } from '../platform/access/actor';
import { Database } from '../platform/database/database';
import { Stop } from '../platform/stop';
import { withApplication } from './application';
import type { CommandLine } from './command-line';

type Report = PathwaysView & { programme: string; services: ({ key: string; name: string } & Pick<PathwaysView, 'total' | 'by'>)[] };

/** `jalon report …`: figures of a whole programme: each of its services counts behind its own wall, then they are added. */
export function reportCommands(program: Command, line: CommandLine): void {
  const report = program.command('report').description('figures of a programme, over all its services');
  report.command('pathways').description('referrals, entries, exits, hires, access to work and coverage, by pathway, gender, age and disability')
    .requiredOption('--programme <key>', 'which programme')
    .option('--from <day>', 'first day of the period; the programme\'s first day when absent')
    .option('--to <day>', 'last day of the period; today when absent')
    .action(async (options: { programme: string; from?: string; to?: string }) => {
      const found = await withApplication(line, async (application): Promise<Report> => {
        const database = application.get(Database, { strict: false });
        const programmes = application.get(ProgrammesService, { strict: false });
        const operator = Actor.system('report');
        const { programme, services } = await database.read(operator, async () => {
          const known = await programmes.programmeByKey(operator, options.programme);
          if (!known) throw new Stop(`No programme has the key ${options.programme}.`, 1);
          const taking = await programmes.servicesOfProgramme(operator, known.id);
          const byId = await programmes.servicesByIds(operator, taking.map(({ serviceId }) => serviceId));
          return { programme: known, services: taking.map(({ serviceId }) => byId.get(serviceId)!) };
        });
        if (services.length === 0) throw new Stop(`No service takes part in ${options.programme}.`, 1);
        const parts = [];
        for (const { id, key, name, timeZone } of services) {
          const system = Actor.system('report', id, { zone: timeZone });
          const view = await database.read(system, () => application.get(IndicatorsService, { strict: false }).pathways(system, { from: options.from ?? programme.opensOn, ...(options.to ? { to: options.to } : {}) }, programme.id));
          parts.push({ key, name, view });
        }
        return { programme: programme.key, ...sumOfPathways(parts.map(({ view }) => view)), services: parts.map(({ key, name, view: { total, by } }) => ({ key, name, total, by })) };
      });
      line.answer(found, [
        `${found.programme}  ${found.from} – ${found.to}`,
        ...found.by.flatMap(({ dimension, rows }) => rows.map((row) => `${dimension}  ${row.value}  admitted ${row.admissions}  hired ${row.hired.numerator}/${row.hired.denominator}  ${row.hired.percent ?? 'n/a'} %`)),
        `total  admitted ${found.total.admissions}  hired ${found.total.hired.numerator}/${found.total.hired.denominator}  ${found.total.hired.percent ?? 'n/a'} %`,
        ...found.coverage.map(({ operationName, population, reach, result }) => `${operationName}  population ${population ?? 'n/a'}  reach ${reach?.percent ?? 'n/a'} %  with a job ${result?.percent ?? 'n/a'} %`),
      ]);
    });
}
