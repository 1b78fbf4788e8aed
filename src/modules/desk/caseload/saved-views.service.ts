import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Database } from '../../../platform/database/database';
import { newId } from '../../../platform/id';
import { forbidden, notFound, Problem } from '../../../platform/problem';
import { faultsOf, fromForm } from '../../../platform/web/fields';
import { tooManyViews } from '../desk.problems';
import { CaseloadFilter, FILTERS, type KeepView } from './caseload.dto';
import { SavedView } from './saved-view.entity';

const MOST = 20;

export interface SavedViewView {
  id: string;
  name: string;
  query: string;
}

/** The filters that a user keeps. They are theirs alone. */
@Injectable()
export class SavedViews {
  constructor(private readonly database: Database) {}

  async of(actor: Actor): Promise<SavedViewView[]> {
    const found = await this.mine(actor).orderBy('v.name').addOrderBy('v.id').getMany();
    return found.map(({ id, name, query }) => ({ id, name, query }));
  }

  async one(actor: Actor, id: string): Promise<SavedViewView> {
    const found = await this.mine(actor).andWhere('v.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return { id, name: found.name, query: found.query };
  }

  /** Keeps it; under a name already used, in its place. */
  async keep(actor: Actor, given: KeepView): Promise<{ view: SavedViewView; replaced: boolean }> {
    if (!actor.service || !actor.id) throw forbidden('caseload.read');
    const query = queryOf(filterIn(given.query ?? ''));
    // One after another: two that count at once would both find room.
    await this.database.sql('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`saved_view ${actor.id} ${actor.service}`]);
    if ((await this.mine(actor).andWhere('v.name <> :name', { name: given.name }).getCount()) >= MOST) throw tooManyViews(MOST);
    const [kept] = await this.database.sql<SavedViewView & { replaced: boolean }>(
      'insert into saved_view (id, user_id, service_id, name, query) values ($1, $2, $3, $4, $5) on conflict (user_id, service_id, name) do update set query = excluded.query returning id, name, query, xmax <> 0 as replaced',
      [newId(), actor.id, actor.service, given.name, query],
    );
    const { replaced, ...view } = kept!;
    return { view, replaced };
  }

  async delete(actor: Actor, id: string): Promise<void> {
    const gone = await this.database.sql('delete from saved_view where id = $1 and user_id = $2 and service_id = $3 returning id', [id, actor.id, actor.service]);
    if (gone.length === 0) throw notFound();
  }

  private mine(actor: Actor): ReturnType<ReturnType<typeof this.database.of<SavedView>>['createQueryBuilder']> {
    return this.database.of(SavedView).createQueryBuilder('v').where('v.userId = :user and v.serviceId = :service', { user: actor.id, service: actor.service });
  }
}

/** What an address asks for; refused when it asks for what there is not. */
function filterIn(query: string): CaseloadFilter {
  const filter = fromForm(CaseloadFilter, Object.fromEntries(new URLSearchParams(query)));
  const faults = faultsOf(filter);
  if (faults.length) throw new Problem(422, 'invalid', { count: faults.length }, faults);
  return filter;
}

/** A filter as it stands in an address: what is filtered and the order, never the page. */
export function queryOf(filter: CaseloadFilter): string {
  const kept = [...FILTERS, 'sort' as const, 'order' as const].flatMap((name): [string, string][] => {
    const value = filter[name];
    return value === undefined || value === false ? [] : [[name, value === true ? 'on' : String(value)]];
  });
  return new URLSearchParams(kept).toString();
}
