import { Actor } from '../../src/platform/access/actor';
import { PreparedClient } from '../../src/platform/database/prepared-client';
import { connected } from '../../src/platform/database/roles';
import { newId } from '../../src/platform/id';
import { Lab } from '../support/lab';
import { LabThing } from '../support/lab.routes';

/** What is sent without waiting is as certain as what is waited for: all of it is there at the commit, or nothing. */
describe('rows that nobody waits for', () => {
  let lab: Lab;
  const service = newId();
  const ana = new Actor({ id: newId(), role: 'coach', service });
  const thing = (name: string, of = service): LabThing => ({ id: newId(), serviceId: of, name, version: 1 });
  const names = async (): Promise<string[]> => (await lab.rows<{ name: string }>('select name from lab_thing order by name')).map(({ name }) => name);

  beforeAll(async () => {
    lab = await Lab.start();
  });
  afterAll(() => lab.close());
  afterEach(() => lab.rows('delete from lab_thing'));

  it('are seen by what is asked after them, and are there after the commit', async () => {
    const seen = await lab.database.write(ana, async () => {
      lab.database.add(LabThing, thing('one'), thing('two'));
      lab.database.send('update lab_thing set name = :to where name = :from', { from: 'two', to: 'three' });
      return lab.database.of(LabThing).countBy({ serviceId: service });
    });
    expect(seen).toBe(2);
    expect(await names()).toEqual(['one', 'three']);
  });

  it('undo the unit when one of them is refused, though nobody asked', async () => {
    const unit = lab.database.write(ana, () => {
      lab.database.add(LabThing, thing('one'));
      lab.database.add(LabThing, thing('one'));
      lab.database.add(LabThing, thing('two'));
    });
    await expect(unit).rejects.toMatchObject({ code: '23505' });
    expect(await names()).toEqual([]);
  });

  it('tell what was refused, not what failed for it later', async () => {
    const unit = lab.database.write(ana, async () => {
      lab.database.add(LabThing, thing('foreign', newId()));
      return lab.database.of(LabThing).count();
    });
    await expect(unit).rejects.toMatchObject({ code: '42501' });
  });

  it('are written under the rights of who sent them, whoever goes on', async () => {
    await lab.database.write(ana, async () => {
      await lab.database.as(Actor.system('test', service), () => {
        lab.database.send("insert into lab_trace values (:id, :service, app.role())", { id: newId(), service });
      });
      lab.database.send("insert into lab_trace values (:id, :service, app.role())", { id: newId(), service });
    });
    expect((await lab.rows<{ what: string }>('select what from lab_trace')).map(({ what }) => what).sort()).toEqual(['coach', 'system']);
  });

  it('leave nothing when an error was caught and the work went on', async () => {
    const unit = lab.database.write(ana, async () => {
      await lab.database.of(LabThing).insert(thing('one'));
      await lab.database.sql('select 1 / 0').catch(() => undefined);
    });
    await expect(unit).rejects.toThrow('somebody went on');
    expect(await names()).toEqual([]);
  });

  it('are refused in a unit that reads', async () => {
    await expect(lab.database.read(ana, () => lab.database.add(LabThing, thing('one')))).rejects.toMatchObject({ code: '25006' });
  });
});

describe('what one unit could leave to the next on its connection', () => {
  it('is one statement at a time: nothing is stacked behind another, with values or without', async () => {
    const lab = await Lab.start({ POOL_SIZE: '2' });
    const ana = new Actor({ id: newId(), role: 'coach', service: newId() });
    try {
      for (const text of ['select 1; select 2', 'select 1; deallocate all', "select 1; set search_path to 'x'"]) {
        await expect(lab.database.write(ana, () => lab.database.sql(text))).rejects.toMatchObject({ code: '42601' });
        await expect(lab.database.write(ana, () => lab.database.sql(text.replace('1;', ':n::int;'), { n: 1 }))).rejects.toMatchObject({ code: '42601' });
      }
    } finally {
      await lab.close();
    }
  });

  it('is one statement at a time as well where no list of values is given, as a beginning and an end are', async () => {
    const lab = await Lab.start();
    const client = new PreparedClient({ connectionString: lab.postgres.appUrl });
    try {
      await client.connect();
      await expect(client.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' });
    } finally {
      await client.end();
      await lab.close();
    }
  });

  it('shows no other connection a context', async () => {
    const lab = await Lab.start({ POOL_SIZE: '3' });
    const ana = new Actor({ id: newId(), role: 'coach', service: newId() });
    try {
      const seen = await connected(lab.postgres.appUrl, (other) => lab.database.read(ana, async () => {
        const begun = await other.query<{ query: string }>("select query from pg_stat_activity where pid <> pg_backend_pid() and state is not null");
        await lab.database.sql('select 1');
        return [...begun.rows, ...(await other.query<{ query: string }>("select query from pg_stat_activity where pid <> pg_backend_pid() and state is not null")).rows];
      }));
      expect(seen.map(({ query }) => query).join()).toContain('select 1');
      expect(seen.map(({ query }) => query).join()).not.toContain(ana.id);
    } finally {
      await lab.close();
    }
  });
});

describe('a prepared statement', () => {
  it('finds each actor’s own rows on one connection, and survives its own refusal', async () => {
    const lab = await Lab.start({ POOL_SIZE: '2' });
    try {
      const actors = [newId(), newId(), newId()].map((service) => new Actor({ id: newId(), role: 'coach', service }));
      for (const actor of actors) await lab.database.write(actor, () => lab.database.add(LabThing, { id: newId(), serviceId: actor.service!, name: 'mine', version: 1 }));
      for (let round = 0; round < 12; round += 1) {
        const actor = actors[round % 3]!;
        const found = await lab.database.read(actor, () => lab.database.sql<{ service_id: string }>('select service_id from lab_thing where name = :name', { name: 'mine' }));
        expect(found).toEqual([{ service_id: actor.service }]);
        await expect(lab.database.read(actor, () => lab.database.sql('select 1 / :none::int', { none: 0 }))).rejects.toMatchObject({ code: '22012' });
      }
      expect(await lab.database.read(actors[0]!, () => lab.database.sql('select count(*)::int > 0 as kept from pg_prepared_statements'))).toEqual([{ kept: true }]);
    } finally {
      await lab.close();
    }
  });
});
