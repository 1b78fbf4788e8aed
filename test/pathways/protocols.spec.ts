import { shippedProtocols, type Pathway } from '../../src/modules/pathways';
import type { Protocol } from '../../src/modules/pathways/protocol';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import type { World } from '../support/factories/world';
import { hiddenOf, wordsOf } from '../support/html';
import { requirement, smallProtocol, stage, step } from './small-protocol';

let app: TestApp;
let world: World;
let odile: Browser;
let program: Caller;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  world = await app.world();
  odile = await app.as(world.editor);
  program = await app.api(world.editor);
});

const sound = (more: Partial<Protocol> = {}): Protocol => smallProtocol({ version: 1, ...more });
const text = (document: unknown): { document: string } => ({ document: JSON.stringify(document) });
const draft = async (document: unknown): Promise<string> => ((await program.post('/api/v1/protocols', text(document)).expect(201)).body as { protocol: { id: string } }).protocol.id;
const reasons = async (id: string): Promise<[string, string][]> => ((await program.get(`/api/v1/protocols/${id}`).expect(200)).body as { findings: { code: string; at: string }[] }).findings.map(({ code, at }) => [code, at]);

describe('the protocols that come with Jalon', () => {
  it('are installed: what can be judged is published, what cannot stays a draft and says why', async () => {
    const versions = await app.rows<{ pathway: Pathway; number: number; state: string; id: string }>('select pathway, number, state, id from protocol_version where federation_id is null order by pathway, number');
    expect(versions.map(({ pathway, number, state }) => `${pathway} ${number} ${state}`)).toEqual([
      'employment-advice 1 published', 'employment-advice 2 published', 'entrepreneurship 1 published', 'entrepreneurship 2 draft', 'orientation 1 published', 'orientation 2 draft',
    ]);
    for (const { id } of versions.filter(({ state }) => state === 'draft')) {
      const found = await reasons(id);
      expect(found.length).toBeGreaterThan(0);
      // Nobody tells the fact yet, or who tells it does not know what is asked of it.
      expect(found.filter(([code]) => code !== 'kind-not-registered' && code !== 'nobody-can-meet')).toEqual([]);
    }
    const page = wordsOf((await odile.get(`/protocols/${versions[5]!.id}`).expect(200)).text);
    expect(page).toContain('Not yet publishable');
    // By its title in the reader's words; the keys stand beside it.
    expect(page).toContain('The condition “The six Washington Group questions were offered” cannot be established in Jalon yet');
    expect(page).toMatch(/Where: Move on to strengthening start-strengthening · washington-group/);
  });

  it('are written a second time as rows, the same as the document says', async () => {
    for (const document of shippedProtocols().filter(({ pathway, version }) => version === (pathway === 'employment-advice' ? 2 : 1))) {
      const id = world.protocols[document.pathway]!;
      const rows = await app.rows<{ key: string; from_stage: string; to_stage: string; requires: string[]; reasons: string[] }>('select key, from_stage, to_stage, requires, reasons from protocol_step where version_id = $1', [id]);
      expect(rows.map((row) => `${row.key} ${row.from_stage} ${row.to_stage} ${row.requires.join()} ${row.reasons.join()}`).sort())
        .toEqual(document.steps.flatMap((one) => one.from.map((from) => `${one.key} ${from} ${one.to} ${one.requires.map(({ key }) => key).join()} ${(one.reasons ?? []).map(({ key }) => key).join()}`)).sort());
    }
  });

  it.each<['fr' | 'es' | 'en', Pathway]>([['en', 'orientation'], ['fr', 'employment-advice'], ['es', 'entrepreneurship']])('are read in plain words, in %s', async (language, pathway) => {
    const document = shippedProtocols().find((one) => one.pathway === pathway && one.version === (pathway === 'employment-advice' ? 2 : 1))!;
    const there = await app.world({ language });
    const plain = (words: string): string => words.replaceAll(/[’'\s\u00a0\u202f]+/g, ' ');
    // The formatter's work: no straight apostrophe is left on the page.
    const bare = wordsOf((await (await app.as(there.ana)).get(`/protocols/${there.protocols[pathway]!}`).expect(200)).text);
    expect(bare).not.toMatch(/\p{L}'\p{L}/u);
    if (language === 'fr') expect(bare).toContain('l’emploi');
    const page = plain(wordsOf((await (await app.as(there.ana)).get(`/protocols/${there.protocols[pathway]!}`).expect(200)).text));
    for (const one of [document.title, ...document.stages.map(({ title }) => title), ...document.steps.flatMap(({ title, requires }) => [title, ...requires.map((asked) => asked.title)])]) {
      expect(page).toContain(plain(one[language]));
    }
  });
});

describe('an editor', () => {
  it('writes a draft, sees it checked, publishes it, and the administrator adopts it', async () => {
    const written = await odile.post('/protocols', text(sound())).expect(303);
    const page = await odile.get(written.headers.location!.split('?')[0]!).expect(200);
    expect(wordsOf(page.text)).toContain('Nothing stands against publishing it');
    const id = page.request.url.split('/').at(-1)!;
    await odile.post(`/protocols/${id}/publication`, hiddenOf(page.text, `/protocols/${id}/publication`)).expect(303);
    const [row] = await app.rows<{ state: string; hash: string; published_by: string }>('select state, hash, published_by from protocol_version where id = $1', [id]);
    expect(row).toMatchObject({ state: 'published', published_by: world.editor.id, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });

    const karim = await app.as(world.administrator);
    const adoption = { versionId: id, programmeId: world.programme };
    await odile.post(`/protocols/${id}/adoption`, adoption).expect(403);
    const asShown = hiddenOf((await karim.get(`/protocols/${id}`).expect(200)).text, `/protocols/${id}/adoption`);
    await karim.post(`/protocols/${id}/adoption`, { ...asShown, programmeId: world.programme }).expect(303);
    const again = await karim.post(`/protocols/${id}/adoption`, adoption).expect(409);
    expect(wordsOf(again.text)).toContain('already goes by this version');
    // A choice that was wrong is put right the same day.
    await karim.post(`/protocols/${world.protocols.orientation!}/adoption`, { versionId: world.protocols.orientation!, programmeId: world.programme }).expect(303);
  });

  it('never changes what is published', async () => {
    const id = await draft(sound());
    await program.post(`/api/v1/protocols/${id}/publication`, { version: 1 }).expect(204);
    const refused = await program.post(`/api/v1/protocols/${id}/document`, { ...text(sound({ summary: { fr: 'x', es: 'x', en: 'x' } })), version: 2 }).expect(409);
    expect(refused.body).toMatchObject({ code: 'protocol-published' });
    expect(await app.rows('select version from protocol_version where id = $1', [id])).toEqual([{ version: 2 }]);
  });

  it('is told what is no protocol where the text is, and nothing is kept', async () => {
    for (const [document, code] of [['{"pathway": ', 'not-json'], ['[]', 'protocol-shape'], [JSON.stringify({ ...sound(), steps: [{}] }), 'protocol-shape']]) {
      const refused = await program.post('/api/v1/protocols', { document }).expect(422);
      expect((refused.body as { errors: { field: string; code: string }[] }).errors[0]).toMatchObject({ field: 'document', code });
    }
    const page = await odile.post('/protocols', { document: '{"pathway": ' }).expect(422);
    expect(wordsOf(page.text)).toContain('is not JSON');
    expect(page.text).toContain('{&quot;pathway&quot;: </textarea>');
    const { version: _, ...unnumbered } = sound();
    const said = wordsOf((await odile.post('/protocols', { document: JSON.stringify({ ...unnumbered, colour: 'blue' }) }).expect(422)).text);
    expect(said).toContain('“Document of the protocol”: “version” is missing');
    expect(said).toContain('“colour” is not expected');
    expect(await app.rows('select id from protocol_version where federation_id = $1', [world.federation])).toEqual([]);
  });

  it.each<[string, string, (one: Protocol) => Partial<Protocol>]>([
    ['unreachable', 'island', (one) => ({ stages: [...one.stages, stage('island')], steps: [...one.steps, step('off', ['island'], 'done')] })],
    ['dead-end', 'pit', (one) => ({ stages: [...one.stages, stage('pit')], steps: [...one.steps, step('fall', ['admitted'], 'pit')] })],
    ['consent-on-a-gate', 'join', (one) => ({ steps: [...one.steps, step('join', ['referred'], 'admitted', [requirement('photo', 'consent', { purpose: 'photo-story' })])] })],
    ['kind-not-registered', 'pay', (one) => ({ steps: [...one.steps, step('pay', ['working'], 'done', [requirement('money', 'disbursed', { share: 0.5 })])] })],
    ['nobody-can-meet', 'sing', (one) => ({ steps: [...one.steps, step('sing', ['working'], 'done', [requirement('songs', 'activities', { kinds: ['singing'] })])] })],
    ['nobody-can-meet', 'tell', (one) => ({ steps: [...one.steps, step('tell', ['working'], 'done', [requirement('items', 'answered-or-refused', { items: 'horoscope' })])] })],
  ])('may keep a draft with %s, and is refused its publication with that reason', async (code, at, spoil) => {
    const id = await draft({ ...sound(), ...spoil(sound()) });
    expect(await reasons(id)).toEqual([[code, at]]);
    const refused = await program.post(`/api/v1/protocols/${id}/publication`, { version: 1 }).expect(422);
    expect(refused.body).toMatchObject({ code: 'protocol-not-publishable' });
    expect(JSON.stringify(refused.body)).toContain(`"code":"${code}"`);
    const page = await odile.get(`/protocols/${id}`).expect(200);
    expect(wordsOf(page.text)).toContain('Not yet publishable: 1 reason');
    expect(page.text).not.toContain('/publication"');
  });

  it('gives each version its own number, and edits knowing the version', async () => {
    const id = await draft(sound());
    const taken = await program.post('/api/v1/protocols', text(sound())).expect(422);
    expect((taken.body as { errors: { code: string }[] }).errors[0]).toMatchObject({ field: 'document', code: 'protocol-number-taken', message: '“document” bears a number that is taken: the next one is 3' });
    await program.post(`/api/v1/protocols/${id}/document`, { ...text(sound({ title: { fr: 'Autre', es: 'Otro', en: 'Other' } })), version: 1 }).expect(204);
    await program.post(`/api/v1/protocols/${id}/document`, { ...text(sound()), version: 1 }).expect(409);
    const copy = await odile.get(`/protocols/${id}/copy`).expect(200);
    expect(copy.text).toContain('&quot;version&quot;: 3');
    expect(copy.text).toContain('&quot;en&quot;: &quot;From “Other”, version 1. Say here what changes.&quot;');
    // In the order in which it is read, whatever the database made of it.
    expect([...copy.text.matchAll(/^ {2}&quot;(\w+)&quot;/gm)].map(([, key]) => key)).toEqual(['pathway', 'version', 'title', 'summary', 'stages', 'steps']);
    expect(copy.text).toMatch(/&quot;key&quot;: &quot;admit&quot;,\s+&quot;from&quot;: [\s\S]+?&quot;to&quot;: &quot;admitted&quot;,\s+&quot;title&quot;/);
  });

  it('of another federation sees neither the draft nor its number', async () => {
    const id = await draft(sound());
    const elsewhere = await app.world();
    await (await app.api(elsewhere.editor)).get(`/api/v1/protocols/${id}`).expect(404);
    await (await app.api(elsewhere.editor)).post(`/api/v1/protocols/${id}/publication`, { version: 1 }).expect(404);
    expect(((await (await app.api(elsewhere.editor)).get('/api/v1/protocols').expect(200)).body as { items: { id: string }[] }).items.map((one) => one.id)).not.toContain(id);
  });

  it('alone writes: a coach reads', async () => {
    const ana = await app.api(world.ana);
    await ana.get('/api/v1/protocols').expect(200);
    await ana.post('/api/v1/protocols', text(sound())).expect(403);
  });
});
