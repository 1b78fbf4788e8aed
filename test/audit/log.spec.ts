import { AuditService } from '../../src/modules/audit';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { groundWithPlace } from '../identity/ground';
import { wordsOf } from '../support/html';

const { ground, place, aCoach, anAdministrator } = groundWithPlace();

const actorOf = (user: { id: string; name: string }, role: 'coach' | 'manager' | 'officer', service: string | null = place.service) =>
  new Actor({ id: user.id, role, service, scope: service, name: user.name, timeZone: 'America/Lima' });
const audit = () => ground.nest.get(AuditService);

/** A person of the place on a coach's caseload, as far as the log needs one. */
async function person(coachId: string): Promise<string> {
  const id = newId();
  await ground.rows(
    `with made as (insert into assignment (id, service_id, participant_id, coach_id, kind, from_on) values ($1, $2, $3, $4, 'lead', '2026-01-01') returning participant_id)
     insert into participant (id, service_id, given_names, family_names, search, born_precision, gender, document_kind, created_at)
     select participant_id, $2, 'Awa', 'Koné', 'awa kone', 'unknown', 'female', 'none', now() from made`, [newId(), place.service, id, coachId]);
  return id;
}

describe('the log', () => {
  it('is read by the administrator alone, who leaves a line by reading it', async () => {
    const coach = await ground.signedIn(await aCoach());
    expect((await coach.get('/audit')).status).toBe(403);
    const browser = await anAdministrator();
    const page = await browser.get('/audit');
    expect(page.status).toBe(200);
    expect(wordsOf(page.text)).toContain('Compte créé');
    expect((await ground.events('audit.opened')).at(-1)).toMatchObject({ outcome: 'read' });
  });

  it('keeps one line for each refusal, with the route and never the address', async () => {
    const coach = await ground.signedIn(await aCoach());
    const before = (await ground.events('access.refused')).length;
    await coach.get('/users?q=somebody');
    await coach.get('/users/01900000-0000-7000-8000-000000000001');
    const lines = (await ground.events('access.refused')).slice(before);
    expect(lines.map(({ code, changes, subject_id }) => [code, changes, subject_id])).toEqual([
      ['forbidden', { route: 'GET /users' }, null], ['forbidden', { route: 'GET /users/:id' }, '01900000-0000-7000-8000-000000000001'],
    ]);
  });

  it('is filtered by who, what, outcome and day of the reader’s place', async () => {
    const browser = await anAdministrator();
    const actor = actorOf(await aCoach(), 'coach');
    ground.clock.set('2026-03-05T23:59:59Z');
    await ground.database.write(actor, () => audit().record(actor, 'thing.made', { kind: 'thing', id: newId() }));
    ground.clock.set('2026-03-06T00:00:00Z');
    await ground.database.write(actor, () => audit().refused(actor, 'thing.lost', { kind: 'thing', id: newId() }, 'gone'));
    ground.clock.set('2026-03-02T09:00:00Z');
    const on = async (query: string) => [...(await browser.get(`/audit?${query}`)).text.split('<tbody')[1]!.matchAll(/thing\.\w+(?= |<)/g)].map(([found]) => found);
    expect(await on('from=2026-03-05&until=2026-03-05')).toContain('thing.made');
    expect(await on('from=2026-03-05&until=2026-03-05&outcome=done')).not.toContain('thing.lost');
    expect(await on('action=thing.lost&from-day=6&from-month=3&from-year=2026')).toContain('thing.lost');
    const part = actor.name.slice(1).toUpperCase();
    expect(await on(`actor=${encodeURIComponent(part)}&from=2026-03-05`)).toEqual(expect.arrayContaining(['thing.lost', 'thing.made']));
    const jose = new Actor({ ...actor, name: 'José Ángel Núñez' });
    await ground.database.write(jose, () => audit().record(jose, 'thing.made', { kind: 'thing', id: newId() }));
    for (const name of ['nunez jose', 'ÁNGEL']) expect((await browser.get(`/audit?actor=${encodeURIComponent(name)}`)).text).toContain('José Ángel Núñez');
    expect((await browser.get('/audit?actor=nobody-of-that-name')).text).toContain('Rien avec ces filtres');
    expect((await browser.get('/audit?outcome=zzz')).status).toBe(422);
  });

  it('says what happened, to what and how in the reader’s words; the machine’s names stay in the file and the API', async () => {
    const ines = await ground.user([{ role: 'administrator' }], 'Ines Admin');
    const browser = await ground.signedIn(ines);
    const { federation, service } = await ground.place();
    expect((await browser.post(`/services/${service}`, { name: 'Servicio Horizonte', place: 'Cusco', country: 'BO', timeZone: 'America/Lima', language: 'es', version: '1' }, `/services/${service}/edit`)).status).toBe(303);
    const said = { fr: /Service modifié Fait Service 0[\w-]{35} Lieu : Cusco Pays : Bolivie /, es: /Servicio modificado Hecho Servicio 0[\w-]{35} Lugar: Cusco País: Bolivia /, en: /Service edited Done Service 0[\w-]{35} Place: Cusco Country: Bolivia / };
    for (const [lang, line] of Object.entries(said)) {
      await browser.get(`/audit?lang=${lang}`);
      const page = await browser.get('/audit?action=service.edited');
      expect(wordsOf(page.text)).toMatch(line);
      expect(page.text).toContain(`href="/services/${service}/edit"`);
    }
    await browser.get('/audit?lang=fr');
    expect(wordsOf((await browser.get('/audit?action=service.added')).text)).not.toContain(federation);
    expect((await browser.get('/audit/export?action=service.edited')).text).toContain('"service.edited"');
  });

  it('says why somebody was refused', async () => {
    await ground.browser('198.51.110.1').signIn('nobody@example.org', 'not the password at all');
    await (await ground.signedIn(await aCoach())).get('/audit');
    const browser = await anAdministrator();
    expect(wordsOf((await browser.get('/audit?action=sign-in.refused')).text)).toContain('Sans compte Connexion refusée Refusé adresse inconnue');
    expect(wordsOf((await browser.get('/audit?action=access.refused')).text)).toMatch(/Job coach Accès refusé Refusé ce rôle ne le permet pas – .*?Adresse demandée : GET \/audit /);
  });

  it('shows a filter that makes no sense again, with what is wrong', async () => {
    const browser = await anAdministrator();
    const page = await browser.get('/audit?actor=Ana&from-day=31&from-month=2&from-year=2026');
    expect(page.status).toBe(422);
    expect(wordsOf(page.text)).toContain('« Du » : ce jour n’existe pas');
    expect(page.text).toContain('value="Ana"');
    expect(page.text).toContain('name="from-day" inputmode="numeric" value="31"');
    expect(page.text).not.toContain('<table');
  });

  it('is read page by page, each line once', async () => {
    const browser = await anAdministrator();
    const actor = actorOf(await aCoach(), 'coach');
    const ids = Array.from({ length: 120 }, () => newId());
    await ground.database.write(actor, async () => {
      for (const id of ids) await audit().record(actor, 'page.turned', { kind: 'thing', id });
    });
    const seen: string[] = [];
    let next: string | undefined = '/audit?action=page.turned';
    while (next) {
      const page: string = (await browser.get(next)).text;
      seen.push(...ids.filter((id) => page.includes(id)).sort((a, b) => page.indexOf(a) - page.indexOf(b)));
      next = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    }
    expect(seen).toEqual([...ids].reverse());
  });

  it('is exported without formulas', async () => {
    const browser = await anAdministrator();
    const actor = new Actor({ ...actorOf(await aCoach(), 'coach'), name: '=HYPERLINK("http://evil")' });
    await ground.database.write(actor, () => audit().record(actor, 'formula.tried', { kind: 'thing', id: null }, null, '+1, "quoted"'));
    const file = await browser.get('/audit/export?action=formula.tried');
    expect(file.headers['content-type']).toContain('text/csv');
    expect(file.text).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(file.text).toContain(`"'+1, ""quoted"""`);
  });

  it('cannot be changed, by the application or by the owner', async () => {
    const actor = actorOf(await aCoach(), 'coach');
    for (const statement of ['update audit_event set action = \'x.y\'', 'delete from audit_event', 'truncate audit_event']) {
      await expect(ground.database.write(actor, () => ground.database.sql(statement))).rejects.toMatchObject({ code: '42501' });
      await expect(ground.rows(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('takes no line in another’s name or another service', async () => {
    const actor = actorOf(await aCoach(), 'coach');
    const forged = (more: Partial<Actor>) => new Actor({ ...actor, ...more });
    for (const other of [forged({ id: newId() }), forged({ service: newId() })]) {
      await expect(ground.database.write(actor, () => audit().record(other, 'thing.made', { kind: 'thing', id: null }))).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('who opened a file', () => {
  it('is told to the coach of the person and to the manager, and to nobody else', async () => {
    const ana = await aCoach();
    const bea = await aCoach();
    const manager = await ground.user([{ role: 'manager', serviceId: place.service }]);
    const participantId = await person(ana.id);
    const coach = actorOf(ana, 'coach');
    await ground.database.write(coach, () => audit().record(coach, 'participant.edited', { kind: 'participant', id: participantId, participantId }, { fields: ['place'] }));
    await ground.database.read(coach, () => Promise.resolve(audit().opened(coach, 'participant.opened', { kind: 'participant', id: participantId, participantId })));
    const told = async (actor: Actor) => (await ground.database.read(actor, () => audit().openedBy(actor, participantId))).items;
    const lines = [{
      day: '2026-03-02', actorName: ana.name, actorRole: 'coach', times: 2,
      acts: [{ action: 'participant.edited', isRead: false, times: 1 }, { action: 'participant.opened', said: 'audit.action.participant.opened', isRead: true, times: 1 }],
    }];
    expect(await told(coach)).toMatchObject(lines);
    expect(await told(actorOf(manager, 'manager'))).toMatchObject(lines);
    expect(await told(actorOf(bea, 'coach'))).toEqual([]);
    expect(await told(actorOf(manager, 'manager', (await ground.place()).service))).toEqual([]);
    expect(await told(actorOf(manager, 'officer', null))).toEqual([]);
  });

  it('is told by whole days, each line counted once', async () => {
    const ana = await aCoach();
    const participantId = await person(ana.id);
    const coach = actorOf(ana, 'coach');
    for (const [day, times] of [['2026-02-03', 150], ['2026-02-04', 300], ['2026-02-05', 520], ['2026-02-06', 1]] as const) {
      ground.clock.set(`${day}T15:00:00Z`);
      await ground.database.write(coach, async () => {
        for (let n = 0; n < times; n += 1) await audit().record(coach, 'participant.edited', { kind: 'participant', id: participantId, participantId });
      });
    }
    const told: [string, number][][] = [];
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<AuditService['openedBy']>> = await ground.database.read(coach, () => audit().openedBy(coach, participantId, before));
      told.push(page.items.map(({ day, times }) => [day, times]));
      before = page.next;
    } while (before);
    expect(told).toEqual([[['2026-02-06', 1]], [['2026-02-05', 500]], [['2026-02-05', 20], ['2026-02-04', 300], ['2026-02-03', 150]]]);
  });

  it('line by line, is for the administrator to read by the identifier of the file', async () => {
    const ana = await aCoach();
    const [one, other] = [await person(ana.id), await person(ana.id)];
    ground.clock.advance({ minutes: 10 });
    const coach = actorOf(ana, 'coach');
    for (const id of [one, one, other]) await ground.database.read(coach, () => Promise.resolve(audit().opened(coach, 'participant.opened', { kind: 'participant', id, participantId: id })));
    const browser = await anAdministrator();
    expect((await browser.get('/audit')).text).toContain(`href="/audit?file=${one}"`);
    const rows = (await browser.get(`/audit?file=${one}`)).text.split('<tbody')[1]!;
    expect([rows.split(`dossier ${one}`).length - 1, rows.includes(other)]).toEqual([2, false]);
    expect((await browser.get('/audit?file=somebody')).status).toBe(422);
  });

  it('is refused by the database itself where the application’s wall is not', async () => {
    const ana = await aCoach();
    const bea = await aCoach();
    const participantId = await person(ana.id);
    const coach = actorOf(ana, 'coach');
    await ground.database.write(coach, () => audit().record(coach, 'participant.edited', { kind: 'participant', id: participantId, participantId }));
    const rows = (actor: Actor) => ground.database.read(actor, () => ground.database.sql('select id from audit_event where participant_id = $1', [participantId]));
    expect(await rows(coach)).toHaveLength(1);
    expect(await rows(actorOf(bea, 'coach'))).toHaveLength(0);
    expect(await rows(actorOf(bea, 'officer', null))).toHaveLength(0);
  });

  it('and nothing is shown when the reading cannot be written down', async () => {
    const coach = actorOf(await aCoach(), 'coach');
    const reading = ground.database.read(coach, async () => audit().opened(coach, 'not a noun and a verb', { kind: 'participant', id: newId() }));
    await expect(reading).rejects.toMatchObject({ status: 503, code: 'audit-unavailable' });
  });
});

describe('an administrator', () => {
  it('sees no participant, in the log either', async () => {
    const ana = await aCoach();
    const participantId = await person(ana.id);
    const administrator = new Actor({ id: newId(), role: 'administrator', name: 'Ines Admin' });
    const rows = await ground.database.read(administrator, () => ground.database.sql('select * from participant where id = $1', [participantId]));
    expect(rows).toEqual([]);
    const coach = actorOf(ana, 'coach');
    await ground.database.write(coach, () => audit().record(coach, 'participant.edited', { kind: 'participant', id: participantId, participantId }));
    const page = await (await anAdministrator()).get('/audit?action=participant.edited');
    expect(page.text).toContain(participantId);
    expect(page.text).not.toContain('Koné');
  });
});
