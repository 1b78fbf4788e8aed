import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { notFound } from '../../platform/problem';
import { plain } from '../../platform/spelling';
import { Visibility } from '../caseloads';
import { visibleEmployers } from './employers.access';
import { PAGE_SIZE, SORTS, type EmployerChoice, type EmployerRow, type EmployersFilter, type MergePreview } from './employers.dto';
import { Employer, EmployerContact, EmployerDealing, EmployerSite } from './employers.entities';

type OfEmployer = new () => ObjectLiteral & { id: string; employerId: string };
const ORDER: Record<(typeof SORTS)[number], string> = {
  name: 'e.name collate "und-x-icu"', place: 'e.place collate "und-x-icu"', sector: 'e.sector collate "und-x-icu"', next: 'e.next_on',
};
const ROW = `e.id, e.name, e.place, e.sector, e.size, e.next_on as "nextOn", e.next_what as "nextWhat",
  (select max(d.happened_on) from employer_dealing d where d.employer_id = e.id and d.service_id = e.service_id and d.outcome = 'done' and d.withdrawn_at is null) as "lastOn"`;
/** How like a name must be to ask whether it is the same employer. */
const LIKE = 0.6;

@Injectable()
export class EmployersRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  async insert(employer: Employer): Promise<void> {
    await this.database.of(Employer).insert(employer);
  }

  async insertPart<E extends OfEmployer>(entity: E, row: InstanceType<E>): Promise<void> {
    await this.database.of<InstanceType<E>>(entity).insert(row);
  }

  holdPeople(ids: readonly string[]): void {
    this.database.hold(ids);
  }

  async change(at: { id: string; version: number }, patch: Partial<Employer>): Promise<void> {
    await this.database.updateOne(Employer, at, patch);
  }

  async changeSite(at: { id: string; version: number }, patch: Partial<EmployerSite>): Promise<void> {
    await this.database.updateOne(EmployerSite, at, patch);
  }

  async changeContact(at: { id: string; version: number }, patch: Partial<EmployerContact>): Promise<void> {
    await this.database.updateOne(EmployerContact, at, patch);
  }

  async changeDealing(at: { id: string; version: number }, patch: Partial<EmployerDealing>): Promise<void> {
    await this.database.updateOne(EmployerDealing, at, patch);
  }

  /** A double too. @throws Problem 404 when there is none in this service */
  async get(actor: Actor, id: string): Promise<Employer> {
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    const found = await this.database.of(Employer).createQueryBuilder('e').where('e.id = :id', { id }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** @param size at most; after as many pages of that size as the filter says */
  async list(actor: Actor, filter: EmployersFilter, today: Day, size = PAGE_SIZE): Promise<{ items: EmployerRow[]; total: number }> {
    const { where, params } = this.filtered(actor, filter, today);
    const direction = filter.order === 'desc' ? 'desc' : 'asc';
    const items = await this.database.sql<EmployerRow>(`select ${ROW} from employer e where ${where} order by ${ORDER[filter.sort ?? 'name']} ${direction} nulls last, e.id limit ${size} offset ${((filter.page ?? 1) - 1) * size}`, params);
    const [counted] = await this.database.sql<{ n: number }>(`select count(*)::int as n from employer e where ${where}`, params);
    return { items, total: counted!.n };
  }

  /** The sectors that are written down, to choose from. */
  async sectors(actor: Actor): Promise<string[]> {
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    const rows = await this.database.sql<{ sector: string }>(
      `select e.sector from employer e where e.sector is not null and e.merged_into is null and ${sql} group by e.sector order by e.sector collate "und-x-icu" limit 100`, params);
    return rows.map((row) => row.sector);
  }

  /** True where the service has it, and it is no double. */
  async stands(actor: Actor, id: string): Promise<boolean> {
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    return (await this.database.sql(`select from employer e where e.id = :id and e.merged_into is null and ${sql}`, { ...params, id })).length > 0;
  }

  /** The same, and no merge makes it a double before the unit ends: a merge on its way is waited for. Of what is about to be written only. */
  async holds(actor: Actor, id: string): Promise<boolean> {
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    return (await this.database.sql(`select from employer e where e.id = :id and e.merged_into is null and ${sql} for key share of e`, { ...params, id })).length > 0;
  }

  /** By the words of name, place or sector; everybody's first ones where nothing is looked for. */
  async find(actor: Actor, q: string, n: number): Promise<EmployerChoice[]> {
    const { where, params } = this.filtered(actor, { q }, null);
    return this.database.sql<EmployerChoice>(`select e.id, e.name, e.place, e.registration from employer e where ${where} order by e.name collate "und-x-icu", e.id limit ${n}`, params);
  }

  /** Those of these that are no doubles, by name. */
  async choices(actor: Actor, ids: readonly string[]): Promise<EmployerChoice[]> {
    if (ids.length === 0) return [];
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    return this.database.sql<EmployerChoice>(
      `select e.id, e.name, e.place, e.registration from employer e where e.id = any (:ids) and e.merged_into is null and ${sql} order by e.name collate "und-x-icu", e.id`, { ...params, ids: [...ids] });
  }

  /** Who may be the employer about to be written: alike by name, or of the same registration. */
  async alike(actor: Actor, name: string, registration: string | null): Promise<EmployerChoice[]> {
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    return this.database.sql<EmployerChoice>(
      `select e.id, e.name, e.place, e.registration from employer e where e.merged_into is null and ${sql}
         and ((:name <> '' and (word_similarity(:name, e.search) >= ${LIKE} or e.search like :name || '%')) or e.registration = :registration)
       order by word_similarity(:name, e.search) desc, e.id limit 10`, { ...params, name: plain(name), registration });
  }

  async registered(actor: Actor, country: string, registration: string): Promise<string | null> {
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    const [found] = await this.database.sql<{ id: string }>(
      `select e.id from employer e where e.merged_into is null and e.country = :country and e.registration = :registration and ${sql}`, { ...params, country, registration });
    return found?.id ?? null;
  }

  async names(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    const rows = await this.database.sql<{ id: string; name: string }>(`select e.id, e.name from employer e where e.id = any (:ids) and ${sql}`, { ...params, ids: [...ids] });
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  /** Open ones first. */
  sitesOf(actor: Actor, employerId: string): Promise<EmployerSite[]> {
    return this.ofEmployer(actor, EmployerSite, employerId).orderBy('r.closedOn', 'DESC', 'NULLS FIRST').addOrderBy('r.name').addOrderBy('r.id').getMany();
  }

  /** Those who are there first. */
  contactsOf(actor: Actor, employerId: string): Promise<EmployerContact[]> {
    return this.ofEmployer(actor, EmployerContact, employerId).orderBy('r.leftOn', 'DESC', 'NULLS FIRST').addOrderBy('r.name').addOrderBy('r.id').getMany();
  }

  /** Latest first. */
  dealingsOf(actor: Actor, employerId: string): Promise<EmployerDealing[]> {
    return this.ofEmployer(actor, EmployerDealing, employerId).orderBy('r.happenedOn', 'DESC').addOrderBy('r.id', 'DESC').limit(200).getMany();
  }

  /** @throws Problem 404 when it is not of this employer */
  async part<E extends OfEmployer>(actor: Actor, entity: E, employerId: string, id: string): Promise<InstanceType<E>> {
    const found = await this.ofEmployer(actor, entity, employerId).andWhere('r.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** Counted in the whole service: the function of the owner holds the wall and the role. */
  async preview(from: string): Promise<MergePreview> {
    const [row] = await this.database.sql<{ counted: MergePreview }>('select app.count_of_employer($1) as counted', [from]);
    return row!.counted;
  }

  /** Moves all references; the function of the owner holds the wall and the role. @returns what stands against it, and how often; null where it is done */
  async merge(from: string, into: string, at: Date): Promise<{ code: string; count: number } | null> {
    const [row] = await this.database.sql<{ refused: { code: string; count: number } | null }>('select app.merge_employers($1, $2, $3) as refused', [from, into, at]);
    return row!.refused;
  }

  private filtered(actor: Actor, { q, sector, due }: EmployersFilter, today: Day | null): { where: string; params: Record<string, unknown> } {
    const { sql, params } = visibleEmployers(this.visibility, actor, 'e');
    const words = plain(q ?? '').split(' ').filter(Boolean);
    const parts = ['e.merged_into is null', sql];
    // What holds neither letter nor digit is found nowhere.
    if (q) parts.push(words.length ? 'e.id in (select app.find_employers(:words))' : 'false');
    if (sector) parts.push('e.sector = :sector');
    if (due) parts.push('e.next_on <= :today');
    return { where: parts.join(' and '), params: { ...params, ...(q && words.length ? { words } : {}), ...(sector ? { sector } : {}), ...(due ? { today } : {}) } };
  }

  private ofEmployer<E extends OfEmployer>(actor: Actor, entity: E, employerId: string): SelectQueryBuilder<InstanceType<E>> {
    const { sql, params } = visibleEmployers(this.visibility, actor, 'r');
    return this.database.of<InstanceType<E>>(entity).createQueryBuilder('r').where('r.employerId = :employerId', { employerId }).andWhere(sql, params);
  }
}
