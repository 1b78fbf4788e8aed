import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { EmployersService } from '../employers';
import { ProgrammesService } from '../programmes';
import { usualCurrency } from './usual-currency';

/** An employer as a job needs to know it. */
export interface Workplace {
  id: string;
  name: string;
  country: string;
  place: string | null;
}

/** Where people work: what the employers' module says of it, and where it is silent what holds for the service. */
@Injectable()
export class Workplaces {
  constructor(
    private readonly employers: EmployersService,
    private readonly programmes: ProgrammesService,
  ) {}

  /** Null where this service knows no such employer. */
  async employer(actor: Actor, id: string): Promise<Workplace | null> {
    return (await this.employers.names(actor, [id])).has(id) ? this.employers.get(actor, id) : null;
  }

  names(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    return this.employers.names(actor, [...new Set(ids)]);
  }

  /** @throws Problem 422 where there is none in this service, or it is a double */
  async check(actor: Actor, id: string): Promise<void> {
    return this.employers.check(actor, id);
  }

  async sites(actor: Actor, employerId: string): Promise<{ id: string; name: string }[]> {
    return this.employers.sitesOf(actor, employerId);
  }

  async find(actor: Actor, q: string): Promise<{ id: string; name: string; place: string | null }[]> {
    return this.employers.find(actor, q);
  }

  async countryOf(actor: Actor, employerId: string): Promise<string> {
    return (await this.employer(actor, employerId))?.country ?? (await this.programmes.service(actor, actor.service!)).country;
  }

  /** What people are paid in there. */
  async currencyOf(actor: Actor, employer: Workplace | null): Promise<string | null> {
    return usualCurrency(employer?.country ?? (await this.programmes.service(actor, actor.service!)).country);
  }
}
