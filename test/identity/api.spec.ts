import supertest from 'supertest';
import { TokensService, UsersService } from '../../src/modules/identity';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { Ground, type Place } from './ground';

let ground: Ground;
let place: Place;
let call: (method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object) => supertest.Test;
beforeAll(async () => {
  ground = await Ground.start();
  place = await ground.place();
  const user = await ground.user([{ role: 'administrator' }]);
  const actor = new Actor({ id: user.id, role: 'administrator', name: user.name, membership: user.memberships[0]!.id });
  const { secret } = await ground.database.write(actor, () => ground.nest.get(TokensService).make(actor, { name: 'test', scopes: ['read', 'write'], expiresOn: '2026-12-31' }));
  call = (method, path, body) => supertest(ground.nest.getHttpServer())[method](path).set('Authorization', `Bearer ${secret}`).send(body);
});
afterAll(() => ground.close());

describe('the API of accounts', () => {
  it('adds, shows, edits, disables, enables; gives and ends memberships; makes a link', async () => {
    const made = await call('post', '/api/v1/users', { name: 'Luz', email: 'luz@example.org', language: 'es', role: 'coach', serviceId: place.service, startsOn: '2026-03-01', fullTimePercent: 50 }).expect(201);
    const { id, memberships } = made.body as { id: string; memberships: { id: string }[] };
    expect(made.headers.location).toBe(`/api/v1/users/${id}`);
    expect(made.body).toMatchObject({ email: 'luz@example.org', isDisabled: false, memberships: [{ role: 'coach', place: 'Servicio Horizonte', isActive: true, fullTimePercent: 50, endsOn: null }] });
    await call('put', `/api/v1/users/${id}`, { name: 'Luz M.', email: 'luz@example.org', language: 'fr', version: 1 }).expect(200);
    const late = await call('put', `/api/v1/users/${id}`, { name: 'L. M.', email: 'luz@example.org', language: 'fr', version: 1 }).expect(409);
    expect(late.body).toMatchObject({ code: 'edited-meanwhile', now: { name: 'Luz M.' }, sent: { name: 'L. M.' }, version: 2 });
    await call('post', `/api/v1/users/${id}/disable`, { version: 2 }).expect(200);
    await call('post', `/api/v1/users/${id}/link`).expect(409);
    await call('post', `/api/v1/users/${id}/enable`, { version: 3 }).expect(200);
    const link = await call('post', `/api/v1/users/${id}/link`).set('Idempotency-Key', 'twelve-signs').expect(201);
    expect(link.body).toMatchObject({ url: expect.stringMatching(/\/welcome\/[\w-]{43}$/) as string });
    const again = await call('post', `/api/v1/users/${id}/link`).set('Idempotency-Key', 'twelve-signs').expect(409);
    expect(again.body).toMatchObject({ code: 'shown-once' });
    expect(await ground.rows('select 1 from one_time_link where user_id = $1', [id])).toHaveLength(1);
    expect(await ground.rows('select 1 from idempotency_key it where it::text like \'%welcome%\'')).toEqual([]);
    await call('post', `/api/v1/users/${id}/memberships`, { role: 'officer', programmeId: place.programme, startsOn: '2026-03-01' }).expect(201);
    const ended = await call('post', `/api/v1/users/${id}/memberships/${memberships[0]!.id}/end`, { version: 1 }).expect(200);
    expect((ended.body as { memberships: { role: string; isActive: boolean }[] }).memberships.map(({ role, isActive }) => [role, isActive])).toEqual([['coach', false], ['officer', true]]);
    const found = await call('get', '/api/v1/users?q=luz@example').expect(200);
    expect(found.body).toMatchObject({ total: 1, page: 1, pages: 1 });
  });

  it('ends a membership under its own user only', async () => {
    const [one, other] = [await ground.user([{ role: 'coach', serviceId: place.service }]), await ground.user([{ role: 'coach', serviceId: place.service }])];
    await call('post', `/api/v1/users/${other.id}/memberships/${one.memberships[0]!.id}/end`, { version: 1 }).expect(404);
  });

  it.each([
    [{ name: '' }, 'name', 'required'], [{ email: 'Luz <luz@example.org>' }, 'email', 'not-an-email'], [{ language: 'de' }, 'language', 'not-in-list'], [{ role: 'funder' }, 'role', 'not-in-list'],
    [{ serviceId: undefined }, 'serviceId', 'required'], [{ serviceId: '01900000-0000-7000-8000-000000000009' }, 'serviceId', 'not-in-list'], [{ startsOn: '2026-02-30' }, 'startsOn', 'not-a-day'],
    [{ endsOn: '2026-02-28' }, 'endsOn', 'before-start'], [{ fullTimePercent: 101 }, 'fullTimePercent', 'too-big'], [{ disabledAt: null }, 'disabledAt', 'unknown-field'], [{ id: 'x' }, 'id', 'unknown-field'],
  ])('says what is wrong with %j', async (wrong, field, code) => {
    const refused = await call('post', '/api/v1/users', { name: 'Luz', email: 'luz2@example.org', language: 'es', role: 'coach', serviceId: place.service, startsOn: '2026-03-01', ...wrong }).expect(422);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.body).toMatchObject({ code: 'invalid', errors: [{ field, code }] });
  });

  it('answers the same for a user that is not there and an id that is none', async () => {
    await call('get', '/api/v1/users/01900000-0000-7000-8000-000000000009').expect(404);
    await call('get', '/api/v1/users/nobody').expect(404);
  });
});

describe('the API of programmes and of the log', () => {
  it('builds and reads them', async () => {
    const federation = await call('post', '/api/v1/federations', { name: 'Fédération', country: 'FR' }).expect(201);
    const federationId = (federation.body as { id: string }).id;
    const programme = await call('post', '/api/v1/programmes', { federationId, name: 'Emploi accompagné', opensOn: '2026-01-01' }).expect(201);
    const programmeId = (programme.body as { id: string }).id;
    const service = await call('post', '/api/v1/services', { federationId, name: 'Atelier', place: 'Lyon', country: 'FR', timeZone: 'Europe/Paris', language: 'fr' }).expect(201);
    const serviceId = (service.body as { id: string }).id;
    const operation = await call('post', '/api/v1/operations', { programmeId, name: 'Opération', opensOn: '2026-01-01' }).expect(201);
    await call('put', `/api/v1/operations/${(operation.body as { id: string }).id}`, { name: 'Opération 1', opensOn: '2026-01-01', closesOn: '2026-12-31', eligibility: 'RQTH', referencePopulation: 40, version: 1 }).expect(200);
    await call('post', `/api/v1/programmes/${programmeId}/services`, { serviceId, opensOn: '2026-01-01' }).expect(201);
    const shown = await call('get', `/api/v1/programmes/${programmeId}`).expect(200);
    expect(shown.body).toMatchObject({ operations: [{ name: 'Opération 1', referencePopulation: 40 }], services: [{ serviceId, closesOn: null }] });
    await call('put', `/api/v1/federations/${federationId}`, { name: 'F', country: 'FR', version: 1 }).expect(200);
    await call('put', `/api/v1/programmes/${programmeId}`, { name: 'P', opensOn: '2026-01-01', version: 1 }).expect(200);
    await call('put', `/api/v1/services/${serviceId}`, { name: 'A', place: 'Lyon', country: 'FR', timeZone: 'Europe/Paris', language: 'fr', version: 1 }).expect(200);
    for (const list of ['federations', 'programmes', 'services']) expect((await call('get', `/api/v1/${list}`).expect(200)).body).toMatchObject({ items: expect.any(Array) as unknown[] });
    const log = await call('get', '/api/v1/audit-events?action=service.edited').expect(200);
    expect(log.body).toMatchObject({ items: [{ subjectId: serviceId, outcome: 'done' }], next: null });
  });

  it('is not for a coach', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service }]);
    const actor = new Actor({ id: user.id, role: 'coach', service: place.service, scope: place.service, name: user.name, membership: user.memberships[0]!.id });
    const { secret } = await ground.database.write(actor, () => ground.nest.get(TokensService).make(actor, { name: 'test', scopes: ['read', 'write'], expiresOn: '2026-12-31' }));
    for (const path of ['/api/v1/users', `/api/v1/users/${user.id}`, '/api/v1/audit-events', '/api/v1/services', `/api/v1/services/${place.service}`]) {
      const refused = await supertest(ground.nest.getHttpServer()).get(path).set('Authorization', `Bearer ${secret}`);
      expect([path, refused.status]).toEqual([path, 403]);
    }
    const own = await supertest(ground.nest.getHttpServer()).get('/api/v1/me').set('Authorization', `Bearer ${secret}`);
    expect(own.body).toMatchObject({ email: user.email, timeZone: 'America/Lima' });
    await expect(ground.database.write(actor, () => ground.nest.get(UsersService).addMembership(actor, user.id, { role: 'administrator', startsOn: '2026-03-01' }))).rejects.toMatchObject({ code: 'not-yourself' });
    await expect(ground.database.write(actor, () => ground.database.sql("insert into membership (id, user_id, role, starts_on) values ($1, $2, 'administrator', '2026-03-01')", [newId(), user.id]))).rejects.toMatchObject({ code: '42501' });
  });
});
