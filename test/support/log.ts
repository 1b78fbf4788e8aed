import { pino, type Logger } from 'pino';

/** The log of one application under test: kept in memory, said to nobody. */
export class KeptLog {
  readonly lines: string[] = [];
  readonly logger: Logger = pino({ level: 'debug', base: null, formatters: { level: (label) => ({ level: label }) } }, { write: (line: string) => void this.lines.push(line) });

  /** What must not happen: faults, and input that only the database refused, because a validator was missing. Taken out when read. */
  takeFaults(): string[] {
    const isFault = (line: string): boolean => {
      const { level, sqlstate } = JSON.parse(line) as { level: string; sqlstate?: string };
      return level === 'error' || level === 'fatal' || (sqlstate?.startsWith('22') ?? false);
    };
    const faults = this.lines.filter(isFault);
    this.lines.splice(0, this.lines.length, ...this.lines.filter((line) => !isFault(line)));
    return faults;
  }
}
