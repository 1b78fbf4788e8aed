import { Injectable } from '@nestjs/common';
import type { Role } from '../../platform/access/actor';
import { Rights } from '../../platform/access/sources';
import { allows } from './rights';

/** Answers the guard from the one table. */
@Injectable()
export class IdentityRights extends Rights {
  allows(role: Role, right: string): boolean {
    return allows(role, right);
  }
}
