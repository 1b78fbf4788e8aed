import { Injectable } from '@nestjs/common';
import type { Actor, Language } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { forbidden } from '../../platform/problem';
import { plain } from '../../platform/spelling';
import { Words } from '../../platform/views/words';
import { csv } from '../../platform/web/csv';
import { AuditService } from '../audit';
import { DisclosureService } from '../disclosure';
import { ProgrammesService } from '../programmes';
import { DealingsService } from './dealings.service';
import {
  contactView, employerView, PAGE_SIZE, siteView,
  type AddPartnerContact, type AddSite, type CreateEmployer, type EditEmployer, type EditPartnerContact, type EditSite, type EmployerChoice, type EmployersFilter, type EmployersPageView,
  type EmployerView, type MergePreview, type PartnerContactView, type PlanNext, type SiteView, type WholeEmployerView,
} from './employers.dto';
import { Employer, EmployerContact, EmployerSite } from './employers.entities';
import { EmployersMerged } from './employers.events';
import { employerMerged, intoItself, likelyEmployers, mergeRefused, registrationTaken, tooManyEmployers, unknownEmployer } from './employers.problems';
import { EmployersRepository } from './employers.repository';

/** Rows of an export that are read at a time, and at most. */
const BATCH = 1_000;
const MOST = 10_000;
const COLUMNS = ['name', 'place', 'sector', 'size', 'lastOn', 'nextOn', 'nextWhat'] as const;

/** Employers of a service: looked for, written once, with their sites and the people there; doubles made one. */
@Injectable()
export class EmployersService {
  constructor(
    private readonly employers: EmployersRepository,
    private readonly dealings: DealingsService,
    private readonly programmes: ProgrammesService,
    private readonly disclosure: DisclosureService,
    private readonly words: Words,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, filter: EmployersFilter): Promise<EmployersPageView> {
    return { ...await this.employers.list(actor, filter, this.clock.today(actor.timeZone)), page: filter.page ?? 1, size: PAGE_SIZE };
  }

  sectors(actor: Actor): Promise<string[]> {
    return this.employers.sectors(actor);
  }

  /** All that the filter leaves, as a table. @throws Problem 422 where it leaves more than a file holds */
  async export(actor: Actor, filter: EmployersFilter, language: Language): Promise<string> {
    this.audit.opened(actor, 'employers.exported', { kind: 'employer', id: null });
    const lines: (string | null)[][] = [];
    for (let page = 1; ; page += 1) {
      const { items, total } = await this.employers.list(actor, { ...filter, page }, this.clock.today(actor.timeZone), BATCH);
      if (total > MOST) throw tooManyEmployers(MOST);
      lines.push(...items.map((row) => COLUMNS.map((name) => row[name])));
      if (items.length < BATCH) break;
    }
    return csv(COLUMNS.map((name) => this.words.say(language, `employers.field.${name}`)), lines);
  }

  /** By words of name, place or sector, doubles left out: for a list to choose from. */
  find(actor: Actor, q = '', n = 20): Promise<EmployerChoice[]> {
    return this.employers.find(actor, q, n);
  }

  /** These, doubles left out: for a list to choose from. */
  choices(actor: Actor, ids: readonly string[]): Promise<EmployerChoice[]> {
    return this.employers.choices(actor, ids);
  }

  /** Doubles too: what was written before they became one still says their name. */
  names(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    return this.employers.names(actor, ids);
  }

  /** @throws Problem 404 when there is none in this service */
  async get(actor: Actor, id: string): Promise<EmployerView> {
    return employerView(await this.employers.get(actor, id));
  }

  /** For whoever is about to write its name down: it stays what it is until that is done. @throws Problem 422 on `employerId` when the service has none of this id, or it is a double */
  async check(actor: Actor, id: string): Promise<void> {
    if (!(await this.holds(actor, id))) throw unknownEmployer('employerId');
  }

  /** The same. @returns false where there is none */
  holds(actor: Actor, id: string): Promise<boolean> {
    return this.employers.holds(actor, id);
  }

  async whole(actor: Actor, id: string): Promise<WholeEmployerView> {
    const employer = employerView(await this.employers.get(actor, id));
    const contacts = await this.contactsOf(actor, id);
    return { ...employer, sites: await this.sitesOf(actor, id), contacts, dealings: await this.dealings.of(actor, id, contacts) };
  }

  async sitesOf(actor: Actor, id: string): Promise<SiteView[]> {
    return (await this.employers.sitesOf(actor, id)).map(siteView);
  }

  async contactsOf(actor: Actor, id: string): Promise<PartnerContactView[]> {
    const sites = await this.employers.sitesOf(actor, id);
    return (await this.employers.contactsOf(actor, id)).map((one) => contactView(one, sites));
  }

  /** Those who may be the employer about to be written. */
  alike(actor: Actor, name: string, registration?: string): Promise<EmployerChoice[]> {
    return this.employers.alike(actor, name, registration ?? null);
  }

  async create(actor: Actor, given: CreateEmployer): Promise<string> {
    if (!actor.service) throw forbidden('employer.edit');
    const told = await this.told(actor, given, null);
    if (!given.confirmedNew) {
      const alike = await this.alike(actor, given.name, given.registration);
      if (alike.length) throw likelyEmployers(alike.length);
    }
    const employer: Employer = {
      ...told, id: newId(), serviceId: actor.service, nextOn: null, nextWhat: null, mergedInto: null, mergedAt: null, createdAt: this.clock.now(), createdBy: actor.id, version: 1,
    };
    await this.employers.insert(employer);
    await this.audit.record(actor, 'employer.created', { kind: 'employer', id: employer.id });
    return employer.id;
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async edit(actor: Actor, id: string, given: EditEmployer): Promise<boolean> {
    const employer = await this.living(actor, id);
    return this.changed(actor, 'employer.edited', { kind: 'employer', id }, employer, await this.told(actor, given, id), (patch) => this.employers.change({ id, version: given.version }, patch));
  }

  /** The same. */
  async planNext(actor: Actor, id: string, given: PlanNext): Promise<boolean> {
    const { nextOn = null, nextWhat = null, version } = given;
    const employer = await this.living(actor, id);
    return this.changed(actor, 'employer.edited', { kind: 'employer', id }, employer, { nextOn, nextWhat }, (patch) => this.employers.change({ id, version }, patch));
  }

  async addSite(actor: Actor, id: string, given: AddSite): Promise<string> {
    const { name, place = null } = given;
    const { serviceId } = await this.held(actor, id);
    const site: EmployerSite = { id: newId(), serviceId, employerId: id, name, place, closedOn: null, version: 1 };
    await this.employers.insertPart(EmployerSite, site);
    await this.audit.record(actor, 'employer.site-added', { kind: 'employer', id });
    return site.id;
  }

  /** The same. */
  async editSite(actor: Actor, id: string, siteId: string, given: EditSite): Promise<boolean> {
    const { name, place = null, closedOn = null, version } = given;
    await this.living(actor, id);
    const site = await this.employers.part(actor, EmployerSite, id, siteId);
    return this.changed(actor, 'employer.site-edited', { kind: 'employer', id }, site, { name, place, closedOn }, (patch) => this.employers.changeSite({ id: siteId, version }, patch));
  }

  async addContact(actor: Actor, id: string, given: AddPartnerContact): Promise<string> {
    const { serviceId } = await this.held(actor, id);
    const contact: EmployerContact = { ...await this.contactTold(actor, id, given), id: newId(), serviceId, employerId: id, leftOn: null, version: 1 };
    await this.employers.insertPart(EmployerContact, contact);
    await this.audit.record(actor, 'employer.contact-added', { kind: 'employer', id });
    return contact.id;
  }

  /** The same. */
  async editContact(actor: Actor, id: string, contactId: string, given: EditPartnerContact): Promise<boolean> {
    await this.living(actor, id);
    const contact = await this.employers.part(actor, EmployerContact, id, contactId);
    const told = { ...await this.contactTold(actor, id, given), leftOn: given.leftOn ?? null };
    return this.changed(actor, 'employer.contact-edited', { kind: 'employer', id }, contact, told, (patch) => this.employers.changeContact({ id: contactId, version: given.version }, patch));
  }

  /** How much moves when this double goes. */
  async mergePreview(actor: Actor, from: string): Promise<MergePreview> {
    await this.living(actor, from);
    return this.employers.preview(from);
  }

  /** Two records of one employer become one: all that hangs on the first moves; its page leads to the other from now on. */
  async merge(actor: Actor, { from, into, version }: { from: string; into: string; version?: number }): Promise<void> {
    const employer = await this.living(actor, from);
    if (from === into) throw intoItself();
    if (!(await this.employers.stands(actor, into))) throw unknownEmployer('into');
    this.employers.holdPeople(await this.disclosure.whoDecidedFor(actor, [from, into]));
    // Whoever edited it meanwhile is told, as with every other change.
    await this.employers.change({ id: from, version: version ?? employer.version }, { nextOn: null, nextWhat: null });
    const refused = await this.employers.merge(from, into, this.clock.now());
    if (refused) throw mergeRefused(refused.code === 'jobs' ? 'employer-merge-jobs' : 'employer-merge-sheets', refused.count);
    await this.audit.record(actor, 'employer.merged', { kind: 'employer', id: from }, { intoId: into });
    // Asked again: somebody may have decided before both employers were held.
    const people = await this.disclosure.whoDecidedFor(actor, [into]);
    this.employers.holdPeople(people);
    await this.events.publish(new EmployersMerged(from, into, people));
  }

  /** One that is not a double. */
  private async living(actor: Actor, id: string): Promise<Employer> {
    const employer = await this.employers.get(actor, id);
    if (employer.mergedInto) throw employerMerged();
    return employer;
  }

  /** The same, and it stays so until the unit ends. */
  private async held(actor: Actor, id: string): Promise<Employer> {
    const employer = await this.living(actor, id);
    if (!(await this.employers.holds(actor, id))) throw employerMerged();
    return employer;
  }

  private async told(actor: Actor, given: CreateEmployer | EditEmployer, id: string | null): Promise<Pick<Employer, 'name' | 'search' | 'registration' | 'country' | 'place' | 'sector' | 'size' | 'isPublic' | 'note'>> {
    const { name, registration = null, place = null, sector = null, size = null, isPublic = false, note = null } = given;
    const country = given.country ?? (await this.programmes.service(actor, actor.service!)).country;
    const holder = registration === null ? null : await this.employers.registered(actor, country, registration);
    if (holder !== null && holder !== id) throw registrationTaken();
    return { name, search: plain([name, place, sector].join(' ')), registration, country, place, sector, size, isPublic, note };
  }

  private async contactTold(actor: Actor, id: string, given: AddPartnerContact): Promise<Pick<EmployerContact, 'name' | 'role' | 'siteId' | 'phone' | 'email'>> {
    const { name, role, siteId = null, phone = null, email = null } = given;
    if (siteId && !(await this.employers.sitesOf(actor, id)).some((one) => one.id === siteId)) throw unknownEmployer('siteId');
    return { name, role, siteId, phone, email };
  }

  private async changed<E extends object>(actor: Actor, action: string, subject: { kind: string; id: string }, now: E, patch: Partial<E>, change: (patch: Partial<E>) => Promise<void>): Promise<boolean> {
    const fields = (Object.keys(patch) as (keyof E & string)[]).filter((name) => name !== 'search' && now[name] !== patch[name]);
    if (fields.length === 0) return false;
    await change(patch);
    await this.audit.record(actor, action, subject, { fields });
    return true;
  }
}
