import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { UsersService } from '../modules/identity';
import { chosenOf, CommitsService, ImportsService, MappingGiven, type Chosen, type Counts, type Decision } from '../modules/imports';
import { ProgrammesService } from '../modules/programmes';
import { Actor } from '../platform/access/actor';
import { Database } from '../platform/database/database';
import { Problem } from '../platform/problem';
import { Refusal, Stop } from '../platform/stop';
import { Words } from '../platform/views/words';
import { faultsOf, fromJson } from '../platform/web/fields';
import { fileAt, type UploadedFile } from '../platform/web/uploads';
import { withApplication } from './application';
import type { CommandLine } from './command-line';

interface Options {
  mapping?: string;
  dryRun?: boolean;
  service?: string;
  coach?: string;
}
type Detail = Pick<Decision, 'line' | 'outcome' | 'says'>;

/** `jalon import …`: registers taken over without the page, by the same reading and the same rules. */
export function importCommands(program: Command, line: CommandLine): void {
  const family = program.command('import').description('registers of a service, taken over');

  family.command('caseload').description('take a CSV register of people accompanied over, all or nothing')
    .argument('<file>', 'the register')
    .option('--mapping <file>', 'JSON as the API takes it: columns, order, lastBirthYear, lastYear, coachId, operationId, pathway, source, words; what it leaves out is guessed')
    .option('--dry-run', 'say what would become of each row, and write nothing')
    .option('--service <id, key or name>', 'whose register it is; the only one, or the first')
    .option('--coach <id or name>', 'who accompanies those for whom the file names no coach of the service; the first of the service when absent')
    .action(async (file: string, options: Options) => {
      const found = await withApplication(line, (application) => taken(application, line, file, options));
      const { details, rows, ...counts } = found;
      line.answer({ rows, ...counts, details }, [`${rows} rows: ${Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`, ...details.filter(({ outcome }) => outcome === 'refused').map(inWords)]);
    });
}

async function taken(application: INestApplicationContext, line: CommandLine, file: string, options: Options): Promise<Counts & { rows: number; details: Detail[] }> {
  const database = application.get(Database, { strict: false });
  mustBeFile(file);
  const service = await serviceOf(application, options.service);
  const actor = Actor.system('import', service.id, { zone: service.timeZone });
  const chosen = await chosenFor(application, line, actor, options);
  const imports = application.get(ImportsService, { strict: false });
  const details: Detail[] = [];
  try {
    // What would become of each row is told before it becomes of it: afterwards the file's own words are gone.
    const counts = await database.read(actor, () => imports.dryRun(actor, file, chosen, ({ line: at, outcome, says }) => void details.push({ line: at, outcome, says })));
    if (!options.dryRun && counts.new + counts.repaired + counts.changes > 0) await takeOver(application, actor, await fileAt(file, basename(file).slice(0, 200)), chosen);
    return { rows: details.length, ...counts, details };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const words = application.get(Words, { strict: false });
    throw new Refusal(error.fields.length > 0 ? error.fields.map(({ code, values }) => words.say('en', `field.${code}`, { ...values, label: file })).join('\n') : `${words.say('en', `problem.${error.code}.title`, error.values)}. ${words.say('en', `problem.${error.code}.detail`, error.values)}`);
  }
}

async function takeOver(application: INestApplicationContext, actor: Actor, file: UploadedFile, chosen: Chosen): Promise<void> {
  const database = application.get(Database, { strict: false });
  const [imports, commits] = [application.get(ImportsService, { strict: false }), application.get(CommitsService, { strict: false })];
  const id = await database.write(actor, async () => {
    const made = await imports.receive(actor, file);
    await imports.previewGuessed(actor, made, chosen);
    return made;
  });
  await database.write(actor, async () => commits.begin(actor, id, (await imports.open(actor, id)).version));
  await commits.ended(id);
  const { state, failure } = await database.read(actor, () => imports.open(actor, id));
  if (state !== 'committed') throw new Problem(409, failure ?? 'import-interrupted');
}

function mustBeFile(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Stop(`There is no file ${file}.`, 2);
}

async function serviceOf(application: INestApplicationContext, wanted: string | undefined): Promise<{ id: string; timeZone: string }> {
  const operator = Actor.system('operator');
  const services = await application.get(Database, { strict: false }).read(operator, () => application.get(ProgrammesService, { strict: false }).services(operator));
  const chosen = wanted === undefined ? services : services.filter(({ id, key, name }) => id === wanted || key === wanted || name === wanted);
  if (!chosen[0]) throw new Stop(wanted === undefined ? 'There is no service yet: `jalon world demonstration` makes one.' : `No service is called ${wanted}.`, 1);
  return chosen[0];
}

/** What the file of a mapping says, with a coach: nobody is registered without one. */
async function chosenFor(application: INestApplicationContext, line: CommandLine, actor: Actor, { mapping, coach }: Options): Promise<Chosen> {
  const said = mapping === undefined ? {} : mappingOf(mapping);
  const coaches = await application.get(Database, { strict: false }).read(actor, () => application.get(UsersService, { strict: false }).coachesOf(actor));
  const wanted = coach ?? said.coachId;
  const one = wanted === undefined ? coaches[0] : coaches.find(({ id, name }) => id === wanted || name === wanted);
  if (!one) throw new Stop(wanted === undefined ? 'The service has no coach yet.' : `No coach of the service is called ${wanted}.`, 1);
  if (wanted === undefined) line.say(`those for whom the file names no coach of the service go to ${one.name}`);
  return { ...said, coachId: one.id };
}

function mappingOf(path: string): Chosen {
  let said: unknown;
  try {
    said = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new Stop(`${path} cannot be read as JSON.`, 2);
  }
  const given = fromJson(MappingGiven, said);
  const faults = typeof said === 'object' && said !== null && !Array.isArray(said) ? faultsOf(given) : [{ path: 'the whole', code: 'no object' }];
  if (faults.length > 0) throw new Stop(`${path} is no mapping:\n${faults.map(({ path: at, code }) => `  - ${at} (${code})`).join('\n')}`, 2);
  return chosenOf(given);
}

const inWords = ({ line, says }: Detail): string => `line ${line}  ${says.filter(({ as }) => as === 'refusal').map(({ what, target, cell }) => [what, target, cell].filter(Boolean).join(' ')).join('; ')}`;
