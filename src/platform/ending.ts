import { startedByNpm } from './config';
import { Stop } from './stop';

/** Ends the process once asked to: by Ctrl-C, by a supervisor, or because npm, which began it, is gone. A second Ctrl-C does not wait. */
export function endOnSignal(close: () => Promise<void>): void {
  let asked = false;
  const end = (): void => {
    if (asked) return;
    asked = true;
    process.once('SIGINT', () => process.exit(130));
    close().then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (!startedByNpm()) return;
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) end(); }, 1_000).unref();
}

/** Says why, without a stack when the reason is the operator's to mend. */
export function fail(error: unknown): never {
  process.stderr.write(error instanceof Stop ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(error instanceof Stop ? error.exitCode : 1);
}
