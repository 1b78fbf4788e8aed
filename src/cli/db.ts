import { InvalidArgumentError, type Command } from 'commander';
import { lintCatalogue } from '../platform/database/lint';
import { migrate, migrations, newestMigration, revert } from '../platform/database/migrate';
import { setUp } from '../platform/database/open';
import { makeRuntimeRole, verifyRuntime } from '../platform/database/roles';
import type { CommandLine } from './command-line';

/** `jalon db …`: the tables, their migrations and their walls. */
export function dbCommands(program: Command, line: CommandLine): void {
  const db = program.command('db').description('the tables, their migrations and their walls');

  db.command('setup').description('make the run-time role, the keys and the tables; again does no harm')
    .option('--replace-key', 'write this machine\'s context.key over the one that the database was set up with')
    .action(async (options: { replaceKey?: boolean }) => {
      await line.asOwner(async (ownerUrl, database) => {
        const role = database.embedded ? 'there' : await makeRuntimeRole(ownerUrl, database.runtimeUrl);
        const applied = await setUp(database, ownerUrl, options.replaceKey ?? false);
        await verifyRuntime(database.runtimeUrl, database.keys.context, newestMigration());
        line.answer({ role, applied, at: newestMigration() }, [...applied.map((name) => `applied ${name}`), `ready at ${newestMigration()}`]);
      });
    });

  db.command('migrate').description('apply the migrations that are missing, then functions, policies and grants')
    .action(async () => {
      const applied = await line.asOwner((ownerUrl) => migrate(ownerUrl));
      line.answer({ applied, at: newestMigration() }, [...applied.map((name) => `applied ${name}`), `at ${newestMigration()}`]);
    });

  db.command('revert').description('undo the last migration, with what its tables hold')
    .option('--count <n>', 'how many to undo', whole, 1)
    .action(async ({ count }: { count: number }) => {
      const undone = await line.asOwner((ownerUrl) => revert(ownerUrl, count));
      line.answer({ undone }, undone.length > 0 ? undone.map((name) => `undid ${name}`) : ['nothing to undo']);
    });

  db.command('status').description('which migrations are applied; 1 when one is missing')
    .action(async () => {
      const all = await line.asOwner((ownerUrl) => migrations(ownerUrl));
      line.answer(all, all.map(({ name, appliedAt }) => `${name}  ${appliedAt ? `applied ${appliedAt.toISOString()}` : 'missing'}`));
      if (all.some((one) => !one.appliedAt)) process.exitCode = 1;
    });

  db.command('check').description('lint of the catalogue: prints what the walls lack, and nothing when they are whole')
    .action(async () => {
      const found = await line.asOwner((ownerUrl) => lintCatalogue(ownerUrl));
      line.answer(found, found.map(({ rule, object }) => `${rule}: ${object}`));
      if (found.length > 0) process.exitCode = 1;
    });
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('a whole number from 1.');
  return Number(text);
}
