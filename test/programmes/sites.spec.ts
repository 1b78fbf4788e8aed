import { Browser, Ground, type Place } from '../identity/ground';
import { wordsOf } from '../support/html';

let ground: Ground;
let browser: Browser;
let place: Place;
beforeAll(async () => {
  ground = await Ground.start();
  place = await ground.place();
  browser = await ground.signedIn(await ground.user([{ role: 'administrator' }]));
});
afterAll(() => ground.close());

const day = (name: string, text: string) => {
  const [year, month, of] = text.split('-') as [string, string, string];
  return { [`${name}-day`]: of, [`${name}-month`]: month, [`${name}-year`]: year };
};
const sitesOf = (service: string) => ground.rows<{ id: string; name: string; closes_on: string | null; version: number }>('select id, name, closes_on::text, version from service_site where service_id = $1 order by name', [service]);
const add = (service: string, name: string, more = {}) => browser.post(`/services/${service}/sites`, { name, place: 'Cusco', ...day('opensOn', '2025-02-01'), ...more }, `/services/${service}/sites/new`);

describe('the sites of a service', () => {
  it('are added, shown, renamed and closed; what is closed stays', async () => {
    const { service } = await ground.place();
    expect((await browser.get(`/services/${service}`)).text).toContain('Aucun site encore');
    expect((await add(service, 'Centro Cusco')).status).toBe(303);
    expect((await add(service, 'San Juan de Miraflores')).status).toBe(303);
    const [first] = await sitesOf(service);
    const at = `/services/${service}/sites/${first!.id}`;
    expect((await browser.get(`${at}/edit`)).text).toContain('value="Centro Cusco"');
    const closed = { name: 'Centro Cusco', place: 'Cusco', ...day('opensOn', '2025-02-01'), ...day('closesOn', '2025-12-31'), version: '1' };
    expect((await browser.post(at, closed, `${at}/edit`)).status).toBe(303);
    const page = wordsOf((await browser.get(`/services/${service}`)).text);
    expect(page.indexOf('San Juan de Miraflores')).toBeLessThan(page.indexOf('Centro Cusco'));
    expect(page).toContain('Fermé');
    expect((await ground.rows("select action, changes from audit_event where subject_id = $1 and action like 'service.site-%' order by id", [service])).map((one) => one.action)).toEqual(['service.site-added', 'service.site-added', 'service.site-edited']);
    // Nothing changed: nothing is written.
    expect((await browser.post(at, { ...closed, version: '2' }, `${at}/edit`)).status).toBe(303);
    expect((await sitesOf(service))[0]).toMatchObject({ version: 2, closes_on: '2025-12-31' });
  });

  it('have names of their own, accents and capitals apart; another service may use them too', async () => {
    const [one, other] = [(await ground.place()).service, (await ground.place()).service];
    expect((await add(one, 'Lima Norte')).status).toBe(303);
    for (const name of ['Lima Norte', 'LIMA  NÓRTE']) {
      const refused = await add(one, name);
      expect(refused.status).toBe(422);
      expect(wordsOf(refused.text)).toContain('porte déjà ce nom');
    }
    expect((await add(other, 'Lima Norte')).status).toBe(303);
    expect(await sitesOf(one)).toHaveLength(1);
    await expect(ground.rows("insert into service_site select gen_random_uuid(), service_id, 'lima norte', search, place, opens_on, null, 1 from service_site where service_id = $1", [one])).rejects.toMatchObject({ code: '23505' });
  });

  it('end after they began, and are edited by version and below their own service', async () => {
    const { service } = await ground.place();
    const refused = await add(service, 'Centro', day('closesOn', '2025-01-31'));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('vient avant le début');
    expect((await add(service, 'Centro')).status).toBe(303);
    const { id } = (await sitesOf(service))[0]!;
    const form = { name: 'Centro Sur', place: 'Cusco', ...day('opensOn', '2025-02-01'), version: '1' };
    expect((await browser.post(`/services/${service}/sites/${id}`, form, `/services/${service}/sites/${id}/edit`)).status).toBe(303);
    const late = await browser.post(`/services/${service}/sites/${id}`, { ...form, name: 'Centro Norte' }, `/services/${service}/sites/${id}/edit`);
    expect(late.status).toBe(409);
    expect(late.text).toContain('Centro Sur');
    expect((await browser.get(`/services/${place.service}/sites/${id}/edit`)).status).toBe(404);
    expect((await browser.get(`/services/${service}/sites/nothing/edit`)).status).toBe(404);
  });

  it('are where a coach works: one of the own service that is open', async () => {
    const { service } = await ground.place();
    await add(service, 'Centro');
    await add(service, 'Antiguo', day('closesOn', '2025-12-31'));
    const [closed, open] = await sitesOf(service);
    await add(place.service, 'De otro');
    const foreign = (await sitesOf(place.service)).find((one) => one.name === 'De otro')!;
    const user = await ground.user([{ role: 'officer', programmeId: place.programme }]);
    const give = (more: object) => browser.post(`/users/${user.id}/memberships`, { role: 'coach', serviceId: service, ...day('startsOn', '2026-01-01'), ...more }, `/users/${user.id}/memberships/new`);
    expect((await browser.get(`/users/${user.id}/memberships/new`)).text).toContain('Servicio Horizonte · Centro');
    for (const siteId of [closed!.id, foreign.id]) expect((await give({ siteId })).status).toBe(422);
    expect((await browser.post(`/users/${user.id}/memberships`, { role: 'administrator', siteId: open!.id, ...day('startsOn', '2026-01-01') }, `/users/${user.id}/memberships/new`)).status).toBe(422);
    expect((await give({ siteId: open!.id })).status).toBe(303);
    expect(wordsOf((await browser.get(`/users/${user.id}`)).text)).toContain('Centro');
    await expect(ground.rows('update membership set site_id = $1 where site_id = $2', [foreign.id, open!.id])).rejects.toMatchObject({ code: '23503' });
  });

  it('are read by the people of the service, and written by the administrator alone', async () => {
    const { service } = await ground.place();
    await add(service, 'Solo de aquí');
    for (const role of ['coach', 'manager'] as const) {
      const reader = await ground.signedIn(await ground.user([{ role, serviceId: service }]));
      expect((await reader.get('/sites')).text).toContain('Solo de aquí');
      expect((await reader.get(`/services/${service}`)).status).toBe(403);
    }
    const elsewhere = await ground.signedIn(await ground.user([{ role: 'manager', serviceId: place.service }]));
    expect((await elsewhere.get('/sites')).text).not.toContain('Solo de aquí');
    expect((await browser.get('/sites')).status).toBe(403);
  });
});
