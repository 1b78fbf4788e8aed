import { startedByNpm } from './config';
import { Refusal, Stop } from './stop';

/**
 * Ends the process once asked to: by Ctrl-C, by a supervisor, or because npm, which began it, is gone. A second Ctrl-C does not wait.
 * @returns whether it has been asked to
 */
export function endOnSignal(close: () => Promise<void>): () => boolean {
  let asked = false;
  // A terminal that was closed takes no more words; what is open is closed all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const end = (): void => {
    if (asked) return;
    asked = true;
    process.once('SIGINT', () => process.exit(130));
    close().then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  const parent = process.ppid;
  if (startedByNpm()) setInterval(() => { if (process.ppid !== parent) end(); }, 1_000).unref();
  return () => asked;
}

/** Whoever reads the answer may have seen enough (`| head`): what is left of it is for nobody, and the work ends as it would have. */
export function quietWhenUnread(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error; });
}

/** Says why, without a stack when the reason is the operator's to mend. */
export function fail(error: unknown): never {
  const stop = error instanceof Stop ? error : unreachable(error);
  process.stderr.write(`${stop ? stop.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(stop?.exitCode ?? 1);
}

/** No server at the address, a wrong password, no such database: said by the driver and by PostgreSQL. */
function unreachable(error: unknown): Stop | null {
  const { code, syscall, message } = error as { code?: unknown; syscall?: string; message?: string };
  const known = syscall === 'connect' || (typeof code === 'string' && /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|28|3D000|57P03)/.test(code));
  if (!known) return null;
  return new Refusal(`The database cannot be reached: ${message || String(code)}`);
}
