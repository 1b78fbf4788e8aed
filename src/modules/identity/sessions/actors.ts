import { Injectable } from '@nestjs/common';
import { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { ProgrammesService } from '../../programmes';
import type { Membership, User } from '../identity.entities';
import { isActive } from '../users/users.dto';

/** The purpose under which doors are opened: the only one that sees what opens them. */
export const SIGN_IN = Actor.system('sign-in');

/** Makes the actor of a user under one membership. */
@Injectable()
export class Actors {
  constructor(
    private readonly programmes: ProgrammesService,
    private readonly clock: Clock,
  ) {}

  /** Null when this membership does not count today at its place. Runs as the sign-in. */
  async of(user: User, membership: Membership, by: { session?: string; scopes?: readonly string[] }): Promise<Actor | null> {
    const { serviceId, programmeId } = membership;
    const service = serviceId ? await this.programmes.service(SIGN_IN, serviceId) : null;
    const timeZone = service?.timeZone ?? 'UTC';
    if (!isActive(membership, this.clock.today(timeZone))) return null;
    const programme = programmeId ? await this.programmes.programme(SIGN_IN, programmeId) : null;
    const federation = service?.federationId ?? programme?.federationId ?? membership.federationId;
    const place = service?.name ?? programme?.name ?? (federation ? (await this.programmes.federation(SIGN_IN, federation)).name : null);
    return new Actor({
      id: user.id, role: membership.role, scope: serviceId ?? programmeId ?? federation, service: serviceId, federation, programme: programmeId,
      name: user.name, language: user.language, timeZone, membership: membership.id, session: by.session ?? null, scopes: by.scopes ?? null, place,
    });
  }
}
