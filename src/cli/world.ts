import { Argument, type Command } from 'commander';
import { fillDemonstration, installProtocols, isEmpty } from '../worlds/demonstration';
import { Refusal } from '../platform/stop';
import { withApplication } from './application';
import type { CommandLine } from './command-line';

/** `jalon world …`: invented people to try things on, in a database that nobody uses yet. */
export function worldCommands(program: Command, line: CommandLine): void {
  program.command('world').description('fill an empty database with an invented world')
    .addArgument(new Argument('<name>', 'which one').choices(['demonstration']))
    .action(async (name: string) => {
      await withApplication(line, async (application) => {
        if (!await isEmpty(application)) throw new Refusal('There are accounts already: a world is only built in an empty database.');
        await installProtocols(application);
        await fillDemonstration(application);
      });
      line.answer({ world: name }, [`built ${name}`]);
    });
}
