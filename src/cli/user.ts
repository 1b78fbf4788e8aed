import type { INestApplicationContext } from '@nestjs/common';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { AddUser, GIVEN_ROLES, LinksService, newMembership, UsersService, type LinkMade, type UserView } from '../modules/identity';
import { ProgrammesService } from '../modules/programmes';
import { Actor, LANGUAGES, type Language, type MembershipRole } from '../platform/access/actor';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { problemOfDatabase } from '../platform/database/sqlstate';
import { Problem } from '../platform/problem';
import { Refusal, Stop } from '../platform/stop';
import { Words } from '../platform/views/words';
import { faultsOf, fromJson } from '../platform/web/fields';
import { withApplication } from './application';
import type { CommandLine } from './command-line';

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,189}$/;
/** What a field of the command is called here. */
const OPTIONS: Record<string, string> = { email: '<email>', serviceId: '--service', programmeId: '--programme', federationId: '--federation' };

interface AddOptions {
  name: string;
  role: MembershipRole;
  language: Language;
  service?: string;
  programme?: string;
  federation?: string;
  as?: string;
}

/** `jalon user …`: accounts. The first administrator is made here; afterwards administrators make the others in the page. */
export function userCommands(program: Command, line: CommandLine): void {
  const user = program.command('user').description('accounts: add one, disable or enable one, make a one-time link');
  const acting = (): Option => new Option('--as <email>', 'the administrator on whose behalf').argParser(email);

  user.command('add').description('add a user with one role; prints the one-time link that sets the password')
    .argument('<email>', 'address', email)
    .requiredOption('--name <name>', 'name, as colleagues see it')
    .addOption(new Option('--role <role>', 'what the user is').choices(GIVEN_ROLES).makeOptionMandatory())
    .addOption(new Option('--language <language>', 'language of the pages').choices(LANGUAGES).default('fr'))
    .option('--service <id or name>', 'for a coach, a manager')
    .option('--programme <id or name>', 'for a programme officer')
    .option('--federation <id or name>', 'for a protocol editor')
    .addOption(acting())
    .action(async (address: string, options: AddOptions) => {
      const { user: added, link } = await inOneUnit(line, options.as, (actor, application) => add(actor, application, address, options));
      line.answer({ id: added.id, email: added.email, ...link }, [`added ${added.email} (${options.role})`, link.url, `valid until ${link.expiresAt}, for one use`]);
    });

  user.command('disable').description('end every session and refuse every sign-in of a user')
    .argument('<email>', 'address', email)
    .addOption(acting())
    .action(async (address: string, options: { as?: string }) => {
      const disabled = await inOneUnit(line, options.as, async (actor, application) => application.get(UsersService).disable(actor, (await found(actor, application, address)).id));
      line.answer({ id: disabled.id, email: disabled.email, disabled: true }, [`disabled ${disabled.email}`]);
    });

  user.command('enable').description('let a disabled user sign in again, with the roles and the password of before')
    .argument('<email>', 'address', email)
    .addOption(acting())
    .action(async (address: string, options: { as?: string }) => {
      const enabled = await inOneUnit(line, options.as, async (actor, application) => application.get(UsersService).enable(actor, (await found(actor, application, address)).id));
      line.answer({ id: enabled.id, email: enabled.email, disabled: false }, [`enabled ${enabled.email}`]);
    });

  user.command('reset').description('print a one-time link that sets another password')
    .argument('<email>', 'address', email)
    .addOption(acting())
    .action(async (address: string, options: { as?: string }) => {
      const link = await inOneUnit(line, options.as, async (actor, application) => application.get(LinksService).make(actor, (await found(actor, application, address)).id));
      line.answer(link, [link.url, `valid until ${link.expiresAt}, for one use`]);
    });
}

async function add(actor: Actor, application: INestApplicationContext, address: string, options: AddOptions): Promise<{ user: UserView; link: LinkMade }> {
  const programmes = application.get(ProgrammesService);
  const service = options.service === undefined ? null : oneOf('service', await programmes.services(actor), options.service);
  const programme = options.programme === undefined ? null : oneOf('programme', await programmes.programmes(actor), options.programme);
  const federation = options.federation === undefined ? null : oneOf('federation', await programmes.federations(actor), options.federation);
  const command = fromJson(AddUser, {
    email: address, name: options.name, language: options.language, role: options.role, startsOn: application.get(Clock).today(service?.timeZone),
    ...(service && { serviceId: service.id }), ...(programme && { programmeId: programme.id }), ...(federation && { federationId: federation.id }),
  });
  const faults = faultsOf(command);
  if (faults.length > 0) throw new Problem(422, 'invalid', { count: faults.length }, faults);
  const { name, email, language, ...membership } = command;
  const user = await application.get(UsersService).addUser(actor, { name, email, language, memberships: [newMembership(membership)] });
  return { user, link: await application.get(LinksService).make(actor, user.id) };
}

/** One unit of work as the operator, on behalf of an administrator where one is named. What the services refuse ends the command without a stack. */
async function inOneUnit<T>(line: CommandLine, as: string | undefined, work: (actor: Actor, application: INestApplicationContext) => Promise<T>): Promise<T> {
  return withApplication(line, async (application) => {
    const database = application.get(Database);
    const operator = Actor.system('operator');
    const behind = as === undefined ? null : await database.read(operator, () => found(operator, application, as));
    if (behind && (behind.isDisabled || !behind.memberships.some((one) => one.role === 'administrator' && one.isActive))) throw new Refusal(`${behind.email} is no administrator today.`);
    const actor = Actor.system('operator', null, { onBehalfOf: behind?.id ?? null });
    try {
      return await database.write(actor, () => work(actor, application));
    } catch (error) {
      // What the database refuses, two who add the same address at once, is told like any other refusal.
      const problem = error instanceof Problem ? error : problemOfDatabase(error);
      if (!problem || problem.status === 500) throw error;
      throw new Refusal(inWords(problem, application.get(Words)));
    }
  });
}

async function found(actor: Actor, application: INestApplicationContext, address: string): Promise<UserView> {
  const user = await application.get(UsersService).userByEmail(actor, address);
  if (!user) throw new Stop(`No user has the address ${address}.`, 1);
  return user;
}

/** What the page would say, with the options' names for the fields'. */
function inWords({ code, values, fields }: Problem, words: Words): string {
  if (fields.length === 0) return `Refused: ${words.say('en', `problem.${code}.title`, values)}. ${words.say('en', `problem.${code}.detail`, values)} (${code})`;
  return ['Refused:', ...fields.map((one) => `  - ${words.say('en', `field.${one.code}`, { ...one.values, label: OPTIONS[one.path] ?? `--${one.path}` })} (${one.code})`)].join('\n');
}

function oneOf<T extends { id: string; name: string }>(kind: string, list: readonly T[], wanted: string): T {
  const [one, ...more] = list.filter(({ id, name }) => id === wanted || name === wanted);
  if (!one) throw new Stop(`No ${kind} is called ${wanted}.`, 1);
  if (more.length) throw new Stop(`${more.length + 1} are called ${wanted}: give the id of the ${kind}.`, 1);
  return one;
}

function email(text: string): string {
  if (!EMAIL.test(text)) throw new InvalidArgumentError('an address like ana@example.org.');
  return text.toLowerCase();
}
