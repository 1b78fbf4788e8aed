import { Actor } from '../../src/platform/access/actor';
import { ProgrammesService } from '../../src/modules/programmes';
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
const system = Actor.system('world');

describe('the administrator', () => {
  it('gives a key, or the name makes one; a key that is taken or none is refused, and what was typed stays', async () => {
    const form = { federationId: place.federation, name: 'Œuvre d’été', ...day('opensOn', '2026-01-01') };
    expect((await browser.post('/programmes', form, '/programmes/new')).status).toBe(303);
    expect((await browser.post('/programmes', form, '/programmes/new')).status).toBe(303);
    expect((await ground.rows("select key from programme where name = 'Œuvre d’été' order by key")).map((one) => one.key)).toEqual(['oeuvre-d-ete', 'oeuvre-d-ete-2']);
    expect((await browser.post('/programmes', { ...form, key: 'ete-26' }, '/programmes/new')).status).toBe(303);
    for (const [key, words] of [['ete-26', 'est déjà prise'], ['Été 26', 'lettres minuscules']]) {
      const again = await browser.post('/programmes', { ...form, key: key! }, '/programmes/new');
      expect(again.status).toBe(422);
      expect(again.text).toContain(words);
      expect(again.text).toContain(`value="${key}"`);
    }
    await ground.database.read(system, async () => {
      expect(await ground.nest.get(ProgrammesService).programmeByKey(system, 'ete-26')).toMatchObject({ name: 'Œuvre d’été', key: 'ete-26' });
      expect(await ground.nest.get(ProgrammesService).programmeByKey(system, 'nobody')).toBeNull();
    });
  });

  it('builds a federation, a programme, an operation and a service that takes part', async () => {
    expect((await browser.post('/federations', { name: 'Red Andina', country: 'PE' }, '/federations/new')).status).toBe(303);
    const [{ id: federationId }] = await ground.rows<{ id: string }>("select id from federation where name = 'Red Andina'") as [{ id: string }];
    const made = await browser.post('/programmes', { federationId, name: 'Empleo con apoyo', ...day('opensOn', '2026-01-01'), ...day('closesOn', '2028-12-31') }, '/programmes/new');
    expect(made.status).toBe(303);
    const programme = made.headers.location!.split('/').at(-1)!;
    expect((await browser.post('/services', { federationId, name: 'CJEI Lima', place: 'Lima', country: 'PE', timeZone: 'America/Lima', language: 'es' }, '/services/new')).status).toBe(303);
    const [{ id: serviceId }] = await ground.rows<{ id: string }>("select id from service where name = 'CJEI Lima'") as [{ id: string }];
    expect((await browser.post('/operations', { programmeId: programme, name: 'Operación 1', ...day('opensOn', '2026-01-01'), referencePopulation: '1 200' }, `/operations/new?programme=${programme}`)).status).toBe(303);
    const page = await browser.get(`/programmes/${programme}`);
    expect(page.text).toContain('Aucun service encore');
    expect((await browser.post(`/programmes/${programme}/services`, { serviceId, ...day('opensOn', '2026-02-01') }, `/programmes/${programme}`)).status).toBe(303);
    const open = await ground.database.read(system, () => ground.nest.get(ProgrammesService).operationsOf(system, serviceId, '2026-03-02'));
    expect(open).toMatchObject([{ name: 'Operación 1', referencePopulation: 1200 }]);
    expect(await ground.database.read(system, () => ground.nest.get(ProgrammesService).operationsOf(system, serviceId, '2026-01-31'))).toEqual([]);
    expect((await browser.get('/programmes')).text).toContain('CJEI Lima');
  });

  it.each([
    ['programmes', { federationId: 'federation', name: 'x', ...day('opensOn', '2026-05-01'), ...day('closesOn', '2026-04-30') }, 'vient avant le début'],
    ['operations', { programmeId: 'programme', name: 'x', ...day('opensOn', '2024-12-31') }, 'dans la période du programme'],
    ['services', { federationId: 'federation', name: 'x', place: 'y', country: 'ZZ', timeZone: 'America/Lima', language: 'es' }, 'choisissez dans la liste'],
    ['services', { federationId: 'federation', name: 'x', place: 'y', country: 'PE', timeZone: 'America/Nowhere', language: 'es' }, 'choisissez dans la liste'],
  ])('is told what makes no sense (%s)', async (list, form, message) => {
    const filled = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value === 'federation' || value === 'programme' ? place[value] : value]));
    const refused = await browser.post(`/${list}`, filled, `/${list}/new`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(message);
  });

  it('keeps a service to the programmes of its federation', async () => {
    const other = await ground.place();
    const refused = await browser.post(`/programmes/${place.programme}/services`, { serviceId: other.service, ...day('opensOn', '2026-02-01') }, `/programmes/${place.programme}`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('autre fédération');
  });

  it('shortens no programme so that an operation or a service lies outside it', async () => {
    const { programme, service } = await ground.place();
    const at = `/programmes/${programme}`;
    await browser.post('/operations', { programmeId: programme, name: 'Op. Norte', ...day('opensOn', '2026-01-01'), ...day('closesOn', '2026-12-31') }, `/operations/new?programme=${programme}`);
    await browser.post(`${at}/services`, { serviceId: service, ...day('opensOn', '2025-06-01'), ...day('closesOn', '2027-06-30') }, at);
    const edit = (opensOn: string, closesOn: string) => browser.post(at, { name: 'A programme', ...day('opensOn', opensOn), ...day('closesOn', closesOn), version: '1' }, `${at}/edit`);
    expect(wordsOf((await edit('2026-01-02', '2028-01-01')).text)).toContain('« Début » laisserait dehors « Op. Norte » : changez d’abord ses dates');
    expect(wordsOf((await edit('2025-06-02', '2028-01-01')).text)).toContain('« Début » laisserait dehors « Servicio Horizonte »');
    expect(wordsOf((await edit('2025-01-01', '2027-06-29')).text)).toContain('« Fin » laisserait dehors « Servicio Horizonte »');
    expect((await edit('2025-06-01', '2027-06-30')).status).toBe(303);
  });

  it('edits by version', async () => {
    const form = { name: 'Servicio Sur', place: 'Cusco', country: 'PE', timeZone: 'America/Lima', language: 'es', version: '1' };
    const at = `/services/${place.service}`;
    expect((await browser.post(at, form, `${at}/edit`)).status).toBe(303);
    const late = await browser.post(at, { ...form, name: 'Servicio Norte' }, `${at}/edit`);
    expect(late.status).toBe(409);
    expect(late.text).toContain('Servicio Sur');
    expect((await browser.get('/services/01900000-0000-7000-8000-000000000001/edit')).status).toBe(404);
    expect((await browser.get('/services/nothing/edit')).status).toBe(404);
  });

  it('adds a programme or a service below the federation where they were asked for', async () => {
    for (const list of ['programmes', 'services']) {
      const link = `/${list}/new?federation=${place.federation}`;
      expect((await browser.get('/programmes')).text).toContain(link);
      expect((await browser.get(link)).text).toContain(`<option value="${place.federation}" selected>`);
      expect((await browser.get(`/${list}/new?federation=nothing`)).status).toBe(422);
    }
    expect((await browser.get(`/operations/new?programme=${place.programme}`)).text).toContain(`class="jalon-link" href="/programmes/${place.programme}"`);
  });

  it('shows every form in each language', async () => {
    for (const lang of ['fr', 'es', 'en']) {
      await browser.get(`/programmes?lang=${lang}`);
      for (const path of ['/programmes', '/federations/new', '/programmes/new', '/operations/new', '/services/new', `/federations/${place.federation}/edit`, `/programmes/${place.programme}`, `/programmes/${place.programme}/edit`, '/users', '/users/new', '/audit', '/sessions', '/memberships', '/tokens', '/password']) {
        const page = await browser.get(path);
        expect([path, page.status]).toEqual([path, 200]);
        expect(page.text).toContain(`<html lang="${lang}"`);
      }
    }
    expect((await browser.get('/services/new')).text).toContain('>Peru</option>');
  });
});

describe('others', () => {
  it('neither read nor write them here', async () => {
    const coach = await ground.signedIn(await ground.user([{ role: 'coach', serviceId: place.service }]));
    for (const path of ['/programmes', '/federations/new', `/programmes/${place.programme}`, '/services/new']) expect((await coach.get(path)).status).toBe(403);
    const actor = new Actor({ id: '01900000-0000-7000-8000-000000000001', role: 'manager', service: place.service });
    await expect(ground.database.write(actor, () => ground.database.sql("insert into federation (id, name, country) values ('01900000-0000-7000-8000-000000000002', 'x', 'FR')"))).rejects.toMatchObject({ code: '42501' });
    await expect(ground.database.write(actor, () => ground.database.sql('update service set name = \'mine\' where id = $1 returning id', [place.service]))).resolves.toEqual([]);
  });
});
