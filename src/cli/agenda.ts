import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { AgendaCheck, type Difference } from '../modules/agenda';
import { ProgrammesService } from '../modules/programmes';
import { Actor } from '../platform/access/actor';
import { Database } from '../platform/database/database';
import { Stop } from '../platform/stop';
import { withApplication } from './application';
import type { CommandLine } from './command-line';

interface Found extends Difference {
  service: string;
}

/** `jalon agenda …`: whether what is written to be done is what the facts ask for. */
export function agendaCommands(program: Command, line: CommandLine): void {
  const agenda = program.command('agenda').description('what is to be done, against the facts');

  agenda.command('check').description('compute every entry again from the facts and print the differences; nothing when there are none')
    .option('--service <id or name>', 'one service; all of them when absent')
    .action(async (options: { service?: string }) => {
      const found = await withApplication(line, (application) => differences(application, options.service));
      line.answer(found, found.map(({ service, participantId, key, what }) => `${service}  ${participantId}  ${key}  ${what}`));
      if (found.length > 0) process.exitCode = 1;
    });
}

async function differences(application: INestApplicationContext, wanted: string | undefined): Promise<Found[]> {
  const database = application.get(Database, { strict: false });
  const operator = Actor.system('operator');
  const services = await database.read(operator, () => application.get(ProgrammesService, { strict: false }).services(operator));
  const chosen = wanted === undefined ? services : services.filter(({ id, name }) => id === wanted || name === wanted);
  if (wanted !== undefined && chosen.length === 0) throw new Stop(`No service is called ${wanted}.`, 1);
  const found: Found[] = [];
  for (const { id, name, timeZone } of chosen) {
    const system = Actor.system('agenda-check', id, { zone: timeZone });
    const differing = await database.read(system, () => application.get(AgendaCheck, { strict: false }).differences(system));
    found.push(...differing.map((one) => ({ service: name, ...one })));
  }
  return found;
}
