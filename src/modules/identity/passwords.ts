import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { AppKey } from '../../platform/database/context';
import { Problem } from '../../platform/problem';
import { Semaphore } from './semaphore';

/** argon2id, 46 MiB, one pass, one lane (OWASP). */
const COST = { memoryCost: 47_104, timeCost: 1, parallelism: 1 } as const;
/** Which pepper stands behind a hash; a later one gets another mark. */
const PEPPER = 'p1';
const NOW = `${PEPPER}$argon2id$v=19$m=47104,t=1,p=1$`;

/** Passwords hashed and compared: two at a time, so that sign-ins do not starve the rest of the process. */
@Injectable()
export class Passwords {
  private readonly turns = new Semaphore(2, 50, () => new Problem(503, 'busy'));
  private readonly pepper: Buffer;
  private dummy: Promise<string> | null = null;

  constructor(key: AppKey) {
    this.pepper = createHmac('sha256', key.bytes).update('password pepper 1').digest();
  }

  async hash(password: string): Promise<string> {
    return `${PEPPER}${await this.turns.run(() => hash(this.peppered(password), COST))}`;
  }

  /** Compares. Without a hash (no such account) it takes the same time and says no. */
  async matches(kept: string | null, password: string): Promise<boolean> {
    const nobody = await (this.dummy ??= this.hash('nobody has this password')); // made at the first comparison, whosever it is
    const against = kept ?? nobody;
    if (!against.startsWith(PEPPER)) return false;
    const same = await this.turns.run(() => verify(against.slice(PEPPER.length), this.peppered(password)));
    return same && kept !== null;
  }

  /** True when the hash was made with other costs than today's. */
  isOutdated(kept: string): boolean {
    return !kept.startsWith(NOW);
  }

  private peppered(password: string): string {
    return createHmac('sha256', this.pepper).update(password, 'utf8').digest('base64');
  }
}
