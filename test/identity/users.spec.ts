import { Actor } from '../../src/platform/access/actor';
import { UsersService } from '../../src/modules/identity';
import { wordsOf } from '../support/html';
import { groundWithPlace } from './ground';

const { ground, place, aCoach, anAdministrator } = groundWithPlace();

describe('an administrator', () => {
  it('adds a user with a role and its days', async () => {
    const browser = await anAdministrator();
    const form = {
      name: 'Luz Mamani', email: 'Luz.Mamani@example.org', language: 'es', role: 'coach', serviceId: place.service, programmeId: '', federationId: '',
      'startsOn-day': '2', 'startsOn-month': '3', 'startsOn-year': '2026', fullTimePercent: '80',
    };
    const done = await browser.post('/users', form, '/users/new');
    expect(done.status).toBe(303);
    const page = await browser.get(done.headers.location!);
    expect(page.text).toContain('luz.mamani@example.org');
    expect(page.text).toContain('Servicio Horizonte');
    expect(page.text).toMatch(/80.% d’un temps plein/);
    const again = await browser.post('/users', { ...form, email: 'luz.mamani@EXAMPLE.org' }, '/users/new');
    expect(again.status).toBe(422);
    expect(again.text).toContain('sert déjà à un autre compte');
  });

  it('gives each role the scope it needs, and says which is missing', async () => {
    const browser = await anAdministrator();
    const user = await aCoach();
    const at = `/users/${user.id}/memberships`;
    const days = { 'startsOn-day': '2', 'startsOn-month': '3', 'startsOn-year': '2026' };
    for (const [role, scope] of [['manager', 'serviceId'], ['officer', 'programmeId'], ['editor', 'federationId']] as const) {
      expect((await browser.post(at, { role, ...days }, `${at}/new`)).status).toBe(422);
      expect((await browser.post(at, { role, ...days, [scope]: place.service }, `${at}/new`)).status).toBe(role === 'manager' ? 303 : 422);
    }
    expect((await browser.post(at, { role: 'officer', ...days, programmeId: place.programme }, `${at}/new`)).status).toBe(303);
    expect((await browser.post(at, { role: 'administrator', ...days }, `${at}/new`)).status).toBe(303);
    for (const more of [['serviceId', place.service], ['fullTimePercent', '50']] as const) {
      const refused = await browser.post(at, { role: 'administrator', ...days, [more[0]]: more[1] }, `${at}/new`);
      expect([refused.status, wordsOf(refused.text).includes('ne va pas avec ce rôle')]).toEqual([422, true]);
    }
    expect((await browser.post(at, { role: 'cashier', serviceId: place.service, ...days }, `${at}/new`)).status).toBe(422);
  });

  it('edits what another has edited meanwhile only after seeing both values', async () => {
    const browser = await anAdministrator();
    const user = await aCoach('Rosa Huaman');
    const form = { email: user.email, language: 'fr', version: '1' };
    expect((await browser.post(`/users/${user.id}`, { ...form, name: 'Rosa H.' }, `/users/${user.id}/edit`)).status).toBe(303);
    const late = await browser.post(`/users/${user.id}`, { ...form, name: 'R. Huaman' }, `/users/${user.id}/edit`);
    expect(late.status).toBe(409);
    expect(late.text).toContain('Rosa H.');
    expect(late.text).toContain('R. Huaman');
    expect(late.text).toContain('name="version" value="2"');
  });

  it('disables, enables, ends a membership, but not their own', async () => {
    const own = await ground.user([{ role: 'administrator' }]);
    const browser = await ground.signedIn(own);
    const user = await aCoach();
    expect((await browser.post(`/users/${user.id}/disable`, { version: '1' }, `/users/${user.id}`)).status).toBe(303);
    expect((await browser.get(`/users/${user.id}`)).text).toContain('Compte désactivé');
    expect((await browser.post(`/users/${user.id}/enable`, { version: '2' }, `/users/${user.id}`)).status).toBe(303);
    expect((await browser.post(`/users/${user.id}/memberships/${user.memberships[0]!.id}/end`, { version: '1' }, `/users/${user.id}`)).status).toBe(303);
    expect((await browser.post(`/users/${own.id}/disable`, { version: '1' }, `/users/${user.id}`)).status).toBe(409);
    expect((await browser.post(`/users/${own.id}/memberships/${own.memberships[0]!.id}/end`, { version: '1' }, `/users/${user.id}`)).status).toBe(409);
  });

  it('who acts on what another has changed meanwhile sees it as it is now; what is done already is done', async () => {
    const browser = await anAdministrator();
    const user = await aCoach('Rosa Huaman');
    const at = `/users/${user.id}`;
    expect((await browser.post(at, { name: 'Rosa H.', email: user.email, language: 'fr', version: '1' }, `${at}/edit`)).status).toBe(303);
    const late = await browser.post(`${at}/disable`, { version: '1' }, at);
    expect(late.status).toBe(409);
    expect(wordsOf(late.text)).toContain('Voici le compte tel qu’il est maintenant');
    expect(late.text).toContain('<h1 class="jalon-head__title">Rosa H.</h1>');
    expect(late.text).toContain('name="version" value="2"');
    expect((await browser.post(`${at}/disable`, { version: '2' }, at)).status).toBe(303);
    expect((await browser.post(`${at}/disable`, { version: '2' }, at)).status).toBe(303);
    expect((await ground.events('user.disabled')).filter(({ subject_id }) => subject_id === user.id)).toHaveLength(1);
    const membership = `${at}/memberships/${user.memberships[0]!.id}/end`;
    expect((await browser.post(membership, { version: '7' }, at)).status).toBe(409);
    expect((await browser.post(membership, { version: '1' }, at)).status).toBe(303);
    const again = await browser.post(membership, { version: '2' }, at);
    expect([again.status, wordsOf(again.text).includes('Rien n’a été changé.')]).toEqual([409, true]);
  });

  it('ends a role sooner than planned, and is offered nothing for one that is over or that they work under', async () => {
    const own = await ground.user([{ role: 'administrator' }]);
    const browser = await ground.signedIn(own);
    const user = await ground.user([{ role: 'coach', serviceId: place.service, endsOn: '2026-12-31' }, { role: 'manager', serviceId: place.service, endsOn: '2026-02-01' }]);
    const [coach, manager] = ['coach', 'manager'].map((role) => user.memberships.find((one) => one.role === role)!.id);
    const page = (await browser.get(`/users/${user.id}`)).text;
    expect(page).toContain(`/memberships/${coach}/end`);
    expect(page).not.toContain(`/memberships/${manager}/end`);
    expect((await browser.post(`/users/${user.id}/memberships/${coach}/end`, { version: '1' }, `/users/${user.id}`)).status).toBe(303);
    expect((await browser.get(`/users/${own.id}`)).text).not.toContain(`/memberships/${own.memberships[0]!.id}/end`);
    const [row] = (await browser.get(`/users?q=${user.email}`)).text.split('<tbody').slice(1);
    expect(wordsOf(`<${row!}`)).toMatch(/@example\.org – aucun/);
  });

  it('sorts names as they are read: an accent does not come after Z', async () => {
    const browser = await anAdministrator();
    for (const name of ['Zoé Ordre', 'Émile Ordre', 'Fanta Ordre']) await aCoach(name);
    const namesAt = async (sort: string) => [...(await browser.get(`/users?q=Ordre&sort=${sort}`)).text.matchAll(/([^\s>]+) Ordre<\/a>/g)].map(([, name]) => name);
    expect(await namesAt('name')).toEqual(['Émile', 'Fanta', 'Zoé']);
    expect(await namesAt('-name')).toEqual(['Zoé', 'Fanta', 'Émile']);
  });

  it('finds users by name, role and state, sorted by a closed list', async () => {
    const browser = await anAdministrator();
    await aCoach('Zoila Paredes');
    await aCoach('José Ángel Núñez');
    expect((await browser.get('/users?q=zoila')).text).toContain('Zoila Paredes');
    for (const q of ['nunez jose', 'NÚÑEZ', 'angel', 'ose ang']) expect((await browser.get(`/users?q=${encodeURIComponent(q)}`)).text).toContain('José Ángel Núñez');
    expect((await browser.get('/users?q=nunez+maria')).text).toContain('Aucun compte avec ces filtres');
    expect((await browser.get('/users?q=zoila&role=manager')).text).toContain('Aucun compte avec ces filtres');
    expect((await browser.get('/users?q=%25')).text).toContain('Aucun compte avec ces filtres');
    expect((await browser.get('/users?sort=name;select')).status).toBe(422);
    expect((await browser.get('/users?page=0')).status).toBe(422);
    expect((await browser.get('/users?sort=-created&page=1')).status).toBe(200);
  });
});

describe('addresses', () => {
  it('are the administrator’s and one’s own: others get names', async () => {
    const user = await aCoach('Carmen Rojas');
    const colleague = await aCoach();
    const actor = new Actor({ id: colleague.id, role: 'coach', service: place.service, scope: place.service, membership: colleague.memberships[0]!.id });
    const users = ground.nest.get(UsersService);
    const seen = await ground.database.read(actor, async () => ({
      names: await users.names(actor, [user.id]),
      coaches: await users.coachesOf(actor),
      rows: await ground.database.sql('select email from app_user where id = $1', [user.id]),
      own: await users.user(actor, colleague.id),
      memberships: await ground.database.sql('select 1 from membership where user_id = $1', [user.id]),
    }));
    expect(seen.names.get(user.id)).toBe('Carmen Rojas');
    expect(seen.coaches).toContainEqual({ id: user.id, name: 'Carmen Rojas' });
    expect(seen.rows).toEqual([]);
    expect(seen.memberships).toEqual([]);
    expect(seen.own.email).toBe(colleague.email);
    await expect(ground.database.read(actor, () => users.user(actor, user.id))).rejects.toMatchObject({ status: 404 });
  });

  it.each(['credential', 'session', 'access_token', 'one_time_link', 'sign_in_attempt', 'known_browser'])('and %s opens to the sign-in alone', async (table) => {
    await ground.signedIn(await aCoach());
    for (const actor of [new Actor({ id: '01900000-0000-7000-8000-000000000001', role: 'administrator' }), Actor.system('world'), Actor.system('world', place.service)]) {
      expect(await ground.database.read(actor, () => ground.database.sql(`select * from ${table}`))).toEqual([]);
    }
  });
});
