import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { newId } from '../../platform/id';
import { notFound } from '../../platform/problem';
import { plain } from '../../platform/spelling';
import { AuditService } from '../audit';
import { serviceSiteView, type AddServiceSite, type EditServiceSite, type ServiceSiteView } from './programmes.dto';
import { Service, ServiceSite } from './programmes.entities';
import { endsBeforeItBegins, siteNameTaken } from './programmes.problems';
import { ProgrammesRepository } from './programmes.repository';

/** The places where a service works: opened, renamed, closed on a day. */
@Injectable()
export class ServiceSitesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rows: ProgrammesRepository,
    private readonly audit: AuditService,
  ) {}

  /** Open ones first. @throws Problem 404 when there is no such service */
  async of(actor: Actor, serviceId: string): Promise<ServiceSiteView[]> {
    const { timeZone } = await this.rows.get(actor, Service, serviceId);
    const today = this.clock.today(timeZone);
    const views = (await this.rows.sitesOf(actor, [serviceId])).map((one) => serviceSiteView(one, today));
    return [...views.filter((one) => one.isOpen), ...views.filter((one) => !one.isOpen)];
  }

  /** Those of the actor's own service. */
  own(actor: Actor): Promise<ServiceSiteView[]> {
    return actor.service ? this.of(actor, actor.service) : Promise.resolve([]);
  }

  /** Those that are open today, of all these services, by name: for a list to choose from. */
  async openOf(actor: Actor, serviceIds: readonly string[]): Promise<ServiceSiteView[]> {
    const services = new Map((await this.rows.find(actor, Service, serviceIds)).map((one) => [one.id, one]));
    return (await this.rows.sitesOf(actor, serviceIds)).map((one) => serviceSiteView(one, this.clock.today(services.get(one.serviceId)!.timeZone))).filter((one) => one.isOpen);
  }

  /** Names by id; closed ones too. */
  async names(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    return new Map((await this.rows.find(actor, ServiceSite, ids)).map(({ id, name }) => [id, name]));
  }

  /** @throws Problem 404 when it is not of this service */
  async get(actor: Actor, serviceId: string, id: string): Promise<ServiceSiteView> {
    const found = (await this.of(actor, serviceId)).find((one) => one.id === id);
    if (!found) throw notFound();
    return found;
  }

  async add(actor: Actor, serviceId: string, given: AddServiceSite): Promise<ServiceSiteView> {
    const told = toldOf(given);
    await this.check(actor, serviceId, null, told);
    const site: ServiceSite = { id: newId(), serviceId, ...told, version: 1 };
    await this.rows.add(ServiceSite, site);
    const { name, place, opensOn, closesOn } = site;
    await this.audit.record(actor, 'service.site-added', { kind: 'service', id: serviceId }, { siteId: site.id, name, place, opensOn, closesOn });
    return this.get(actor, serviceId, site.id);
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async edit(actor: Actor, serviceId: string, id: string, given: EditServiceSite): Promise<boolean> {
    const before = await this.get(actor, serviceId, id);
    const told = toldOf(given);
    await this.check(actor, serviceId, id, told);
    const { search, ...shown } = told;
    const changes = Object.fromEntries(Object.entries(shown).filter(([field, value]) => before[field as keyof typeof shown] !== value));
    if (Object.keys(changes).length === 0) return false;
    await this.database.updateOne(ServiceSite, { id, version: given.version }, { ...shown, search });
    await this.audit.record(actor, 'service.site-edited', { kind: 'service', id: serviceId }, { siteId: id, ...changes });
    return true;
  }

  private async check(actor: Actor, serviceId: string, id: string | null, { search, opensOn, closesOn }: Told): Promise<void> {
    if (closesOn && closesOn < opensOn) throw endsBeforeItBegins();
    if ((await this.of(actor, serviceId)).some((one) => one.id !== id && plain(one.name) === search)) throw siteNameTaken();
  }
}

type Told = Pick<ServiceSite, 'name' | 'search' | 'place' | 'opensOn' | 'closesOn'>;
function toldOf({ name, place, opensOn, closesOn = null }: Omit<AddServiceSite, 'closesOn'> & { closesOn?: string | null }): Told {
  return { name, search: plain(name), place, opensOn, closesOn };
}
