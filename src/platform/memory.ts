import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/**
 * Gives back what is not used any more, now. Long work that makes much and keeps little calls it from time to time: on a machine with plenty of memory the engine waits until a heap has
 * grown by half a gigabyte before it looks, and on a small one that is all there is. It stops the process for a tenth of a second, as the engine itself would.
 */
export function giveBack(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
