import { Argument, type Command } from 'commander';
import { CjeiWorld } from '../worlds/cjei/build';
import { fillDemonstration, installProtocols, isEmpty, isThere } from '../worlds/demonstration';
import { Refusal } from '../platform/stop';
import { withApplication } from './application';
import type { CommandLine } from './command-line';

/** `jalon world …`: invented people to try things on, in a database that nobody uses yet. */
export function worldCommands(program: Command, line: CommandLine): void {
  program.command('world').description('fill an empty database with an invented world, or complete the demonstration to the whole of it')
    .addArgument(new Argument('<name>', 'which one').choices(['demonstration', 'cjei']))
    .action(async (name: 'demonstration' | 'cjei') => {
      const added = await withApplication(line, async (application) => {
        if (!await isEmpty(application) && !(name === 'cjei' && await isThere(application))) throw new Refusal('There are accounts already: a world is only built in an empty database, and cjei on its demonstration.');
        await installProtocols(application);
        if (name === 'cjei') return new CjeiWorld(application).fill('whole');
        await fillDemonstration(application);
        return null;
      }, { isSetUp: true });
      line.answer({ world: name, ...(added === null ? {} : { added }) }, [added === null ? `built ${name}` : `built ${name}: ${added} people added`]);
    });
}
