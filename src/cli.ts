import { Command, CommanderError } from 'commander';
import { agendaCommands } from './cli/agenda';
import { CommandLine } from './cli/command-line';
import { dbCommands } from './cli/db';
import { importCommands } from './cli/import';
import { reportCommands } from './cli/report';
import { userCommands } from './cli/user';
import { worldCommands } from './cli/world';
import { fail, quietWhenUnread } from './platform/ending';

const USAGE = 2;

/** `npm run -s jalon -- <command>`: what an operator does. */
async function main(): Promise<void> {
  quietWhenUnread();
  const line = new CommandLine();
  const program = new Command('jalon')
    .description('Operator\'s commands of Jalon. They join the running server, or start one for their length.')
    .option('--json', 'answer in JSON')
    .addHelpText('after', '\nExit codes: 0 done, 1 a check failed, 2 wrong usage or configuration, 3 refused.')
    .hook('preAction', (_, command) => { line.json = Boolean(command.optsWithGlobals().json); })
    .showHelpAfterError('(--help lists the commands)')
    .exitOverride();
  dbCommands(program, line);
  userCommands(program, line);
  worldCommands(program, line);
  agendaCommands(program, line);
  importCommands(program, line);
  reportCommands(program, line);
  inherit(program);
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  }
}

/** Every command of a family takes `--json` after its name as well, and ends the same way. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    if (child.commands.length === 0) child.option('--json', 'answer in JSON');
    inherit(child);
  }
}

main().catch(fail);
