import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgendaCheck } from '../../src/modules/agenda';
import { CommitsService, type Counts } from '../../src/modules/imports';
import { Actor } from '../../src/platform/access/actor';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import type { World } from '../support/factories/world';
import { aPng } from '../support/files';
import { wordsOf } from '../support/html';

interface Run {
  id: string;
  state: string;
  failure: string | null;
  rows: number;
  done: number;
  counts: Counts | null;
  version: number;
  columns: { header: string; target: string }[];
  reading: { questions: { list: string; word: string; cell: string; value: string | null; asked: boolean }[] };
}
interface Rows {
  items: { line: number; outcome: string; cells: string[] | null; says: { as: string; what: string; target: string | null; cell: string | null; now?: string; line?: number }[]; participantId: string | null; mayBe: { id: string; name: string }[]; choice: string | null }[];
  total: number;
  pages: number;
}

let app: TestApp;
let world: World;
let manager: Caller;
let browser: Browser;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  manager = await app.api(world.manager);
  browser = await app.as(world.manager);
});

const fixture = (name: string): Buffer => readFileSync(join(__dirname, '../fixtures/imports', name));
const sum = (counts: Counts): number => Object.values(counts).reduce((all, one) => all + one, 0);
const shownIn = (location: unknown): string => /^\/imports\/([^/]+)/.exec(String(location))![1]!;
const people = (): Promise<{ id: string; family_names: string; born_on: string | null }[]> => app.rows('select id, family_names, born_on::text from participant where service_id = $1 order by family_names, given_names', [world.service]);

async function sent(content: Buffer | string, name = 'register.csv'): Promise<Run> {
  return (await manager.upload('/api/v1/imports', {}, { name, content: Buffer.from(content) }).expect(201)).body as Run;
}
const reading = (run: Run, words: object[] = []): object => ({ order: 'day-first', lastBirthYear: 2026, lastYear: 2046, coachId: world.ana.id, operationId: world.operation, source: 'other', words, version: run.version });
/** Sent, and read with every word that waits for an answer left out. */
async function previewed(content: Buffer | string): Promise<Run> {
  const run = await sent(content);
  const words = run.reading.questions.filter(({ value, list }) => value === null && list !== 'coach').map(({ list, word }) => ({ list, word, value: 'leave-out' }));
  return (await manager.put(`/api/v1/imports/${run.id}/reading`, reading(run, words)).expect(200)).body as Run;
}
async function committed(run: Run): Promise<Run> {
  const begun = (await manager.post(`/api/v1/imports/${run.id}/commit`, { version: run.version }).expect(202)).body as Run;
  expect(begun).toMatchObject({ state: 'committing', failure: null });
  await app.get(CommitsService).ended(run.id);
  return (await manager.get(`/api/v1/imports/${run.id}`).expect(200)).body as Run;
}
async function rowsOf(run: Run): Promise<Rows['items']> {
  const all: Rows['items'] = [];
  for (let page = 1; ; page += 1) {
    const { items, pages } = (await manager.get(`/api/v1/imports/${run.id}/rows?page=${page}`).expect(200)).body as Rows;
    all.push(...items);
    if (page >= pages) return all;
  }
}

describe('a register sent by page', () => {
  it('is mapped, asked about once, previewed row by row, taken over, and the same the second time', async () => {
    const received = await browser.upload('/imports', {}, { name: 'cusco-2019.csv', content: fixture('cusco-2019.csv') }).expect(303);
    const id = shownIn(received.headers.location);
    const columns = (await browser.get(`/imports/${id}/columns`).expect(200)).text;
    expect(wordsOf(columns)).toContain('251 rows below the headers of line 3; Windows-1252, columns separated by a semicolon');
    expect(columns).toMatch(/name="columns\.1\.target"[^]*?value="full-name" selected/);
    expect(columns).toMatch(/name="columns\.2\.target"[^]*?value="ignore" selected/);
    const targets = [...columns.matchAll(/<select[^>]* name="(columns\.\d+\.target)"[^]*?<option value="([\w-]+)" selected/g)].map(([, name, value]) => [name!, value!] as const);
    await browser.post(`/imports/${id}/columns`, { ...Object.fromEntries(targets), version: '1' }).expect(303).expect('location', `/imports/${id}/reading`);

    const asking = (await browser.get(`/imports/${id}/reading`).expect(200)).text;
    expect(wordsOf(asking)).toContain('“04/03/1997” is read as 4 March 1997');
    const words = Object.fromEntries([...asking.matchAll(/name="(words\.\d+\.(?:list|word))" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));
    const guessed = Object.fromEntries([...asking.matchAll(/<select[^>]* name="(words\.\d+\.value)"[^>]*>([^]*?)<\/select>/g)].map(([, name, options]) => [name!, /value="([^"]*)" selected/.exec(options!)?.[1] ?? '']));
    const form = { order: 'day-first', lastBirthYear: '2026', lastYear: '2046', coachId: '', operationId: world.operation, pathway: '', source: 'other', ...words, ...guessed, version: '2' };
    const wrong = wordsOf((await browser.post(`/imports/${id}/reading`, form).expect(422)).text);
    for (const missing of ['“Mental”: say what this word means', '“m”: say what this word means', '“Job coach of these people”: choose an answer']) expect(wrong).toContain(missing);

    const answered = Object.fromEntries(Object.entries(guessed).map(([name, value]) => {
      const word = words[name.replace('value', 'word')];
      return [name, word === 'mental' ? 'intellectual' : word === 'm' ? 'male' : value];
    }));
    await browser.post(`/imports/${id}/reading`, { ...form, ...answered, coachId: world.ana.id }).expect(303).expect('location', `/imports/${id}`);
    const preview = wordsOf((await browser.get(`/imports/${id}`).expect(200)).text);
    for (const said of ['Nothing is written yet', 'day of referral or entry: “43355”, a spreadsheet’s number of a day, read as 12 September 2018', 'day of referral or entry: “31/02/2018” is in no calendar', 'Repeats line 25']) expect(preview).toContain(said);
    // What nobody takes over is told column by column, with how much of it there is.
    for (const column of ['These columns of the file are not taken over', 'DNI: 229 rows filled', 'Empresa:', 'Inicio contrato:', 'Observaciones:']) expect(preview).toContain(column);
    expect(preview).not.toContain('Distrito: ');
    expect(await people()).toEqual([]);

    const run = (await manager.get(`/api/v1/imports/${id}`).expect(200)).body as Run;
    expect(sum(run.counts!)).toBe(251);
    expect(run.counts).toMatchObject({ same: 8, changes: 0, refused: 30 });
    const refused = (await browser.get(`/imports/${id}/export?outcome=refused`).expect(200)).text;
    expect(refused.trim().split('\r\n').length).toBeGreaterThan(30);
    expect(refused).toContain('"Line";"Outcome";"Why";"N°";"Apellidos y nombres"');
    const taken = await browser.post(`/imports/${id}/commit`, { version: String(run.version) }).expect(303);
    expect(taken.headers.location).toBe(`/imports/${id}`);
    await app.get(CommitsService).ended(id);
    expect(wordsOf((await browser.get(`/imports/${id}`).expect(200)).text)).toContain('213 rows taken over');
    expect(await people()).toHaveLength(213);
    // Referrals of years ago wait for their answer from today on: none of them comes late onto Today, and the delay still counts from the referral.
    expect(await app.rows("select due_on::text as due, count(*)::int as entries from agenda_entry where service_id = $1 and kind = 'answer-referral' and done_on is null group by 1", [world.service])).toEqual([{ due: '2026-03-17', entries: expect.any(Number) as number }]);
    expect(await app.rows('select count(*)::int as old from referral where service_id = $1 and received_on < $2', [world.service, '2020-01-01'])).not.toEqual([{ old: 0 }]);

    const again = await previewed(fixture('cusco-2019.csv'));
    expect(again.counts).toMatchObject({ new: 0, changes: 0, repaired: 0, same: 221, refused: 30 });
    await manager.post(`/api/v1/imports/${again.id}/commit`, { version: again.version }).expect(409);
  });

  it('is given up, with all that is kept of it', async () => {
    const id = shownIn((await browser.upload('/imports', {}, { name: 'r.csv', content: Buffer.from('Nom;Prénom\nA;B\n') }).expect(303)).headers.location);
    await browser.post(`/imports/${id}/discard`, { version: '1' }).expect(303).expect('location', '/imports');
    await browser.get(`/imports/${id}`).expect(404);
    expect(await app.rows('select line from import_row where run_id = $1', [id])).toEqual([]);
    expect(await app.rows('select state, columns from import_run where id = $1', [id])).toEqual([{ state: 'discarded', columns: '' }]);
  });

  it('is kept for thirty days where nobody takes it over, and goes with all that stands in it', async () => {
    const [waiting, taken] = [await sent('Nom;Prénom\nSidibé;Awa\n'), await committed(await previewed('Nom;Prénom\nTouré;Noé\n'))];
    app.clock.set('2026-04-01T09:00:00Z');
    expect(((await manager.get('/api/v1/imports').expect(200)).body as { items: Run[] }).items.map(({ id }) => id).sort()).toEqual([waiting.id, taken.id].sort());
    await manager.get(`/api/v1/imports/${waiting.id}`).expect(200);
    app.clock.set('2026-04-02T09:00:00Z');
    expect(((await manager.get('/api/v1/imports').expect(200)).body as { items: Run[] }).items.map(({ id }) => id)).toEqual([taken.id]);
    await manager.get(`/api/v1/imports/${waiting.id}`).expect(404);
    expect(await app.rows("select state, columns from import_run where id = $1", [waiting.id])).toEqual([{ state: 'discarded', columns: '' }]);
    expect(await app.rows('select line from import_row where run_id = any ($1)', [[waiting.id, taken.id]])).toEqual([]);
    // Also where nothing waits: what was refused of a register that was taken over goes as well.
    const half = await committed(await previewed('Nom;Prénom;Naissance\nBa;Noé;31/02/1990\nDiop;Awa;01/02/1990\n'));
    expect(await app.rows('select line from import_row where run_id = $1', [half.id])).not.toEqual([]);
    app.clock.set('2026-05-03T09:00:00Z');
    await manager.get('/api/v1/imports').expect(200);
    expect(await app.rows('select line from import_row where run_id = $1', [half.id])).toEqual([]);
  });

  it('is told who has read in it, once each time; what was taken over shows no word of the file any more', async () => {
    const run = await previewed('Nom;Prénom;Genre\nSidibé;Awa;F\n');
    const reads = async (): Promise<number> => (await app.rows<{ n: number }>("select count(*)::int as n from audit_event where action = 'import.opened' and subject_id = $1", [run.id]))[0]!.n;
    const before = await reads();
    expect(JSON.stringify((await manager.get(`/api/v1/imports/${run.id}`).expect(200)).body)).toContain('Sidibé');
    expect(await reads()).toBe(before + 1);
    await browser.get(`/imports/${run.id}`).expect(200);
    await browser.get(`/imports/${run.id}/columns`).expect(200);
    expect(await reads()).toBe(before + 3);
    // The answer that it has begun still shows examples; nothing does after that.
    expect(JSON.stringify(await committed(run))).not.toContain('Sidibé');
    expect(await reads()).toBe(before + 4);
  });

  it('keeps a word about a disability that has no place here nowhere in clear, and asks it of the next file again', async () => {
    const file = 'Nom;Prénom;Handicap;Naissance\nSidibé;Awa;Une maladie rare;45/45/1990\nTouré;Noé;moteur;01/02/1990\n';
    const run = await previewed(file);
    expect((await rowsOf(run)).some(({ says }) => says.some(({ cell }) => cell === '45/45/1990'))).toBe(true);
    const stored = JSON.stringify(await app.rows('select w.* from import_row w where w.run_id = $1', [run.id])) + JSON.stringify(await app.rows('select answers from import_mapping where service_id = $1', [world.service]));
    for (const word of ['Sidibé', '45/45/1990', 'maladie']) expect(stored).not.toContain(word);
    expect((await sent(file)).reading.questions.filter(({ value }) => value === null).map(({ cell }) => cell)).toContain('Une maladie rare');
    await committed(run);
    expect(await app.rows('select answers from import_run where id = $1', [run.id])).toEqual([{ answers: {} }]);
  });

  it('is one import, however often the button is pressed', async () => {
    const file = { name: 'r.csv', content: Buffer.from('Nom;Prénom\nA;B\n') };
    const [one, two] = [await browser.upload('/imports', { _key: 'pressed-twice' }, file), await browser.upload('/imports', { _key: 'pressed-twice' }, file)];
    expect(two.headers.location).toBe(one.headers.location);
    // Another file is another thing, though nothing else in the form differs.
    await browser.upload('/imports', { _key: 'pressed-twice' }, { name: 'r.csv', content: Buffer.from('Nom;Prénom\nC;D\n') }).expect(422);
  });
});

describe('a register sent by the API', () => {
  it('loses no row, and what it brings is as if it had been typed', async () => {
    const run = await previewed(fixture('services-pilotes.csv'));
    const rows = await rowsOf(run);
    expect(rows).toHaveLength(196);
    expect(sum(run.counts!)).toBe(196);
    expect(new Set(rows.map(({ line }) => line)).size).toBe(196);
    const done = await committed(run);
    expect(done).toMatchObject({ state: 'committed', done: 196, failure: null });
    // The file's own words stay only where somebody has to mend them.
    expect((await rowsOf(done)).every(({ outcome, cells, participantId }) => (outcome === 'refused') === (cells !== null) && (['new', 'repaired'].includes(outcome) ? participantId !== null : true))).toBe(true);
    const system = Actor.system('agenda-check', world.service, { zone: 'Europe/Paris' });
    expect(await app.database.read(system, () => app.get(AgendaCheck).differences(system))).toEqual([]);
  });

  it('writes the rows, the log and the agenda that forms write', async () => {
    const imported = await committed(await previewed('Nom;Prénom;Date de naissance;Sexe;Handicap;RQTH;Fin RQTH;Voie;Entrée;Ville;Tél;Situation\nTRAORÉ;Awa;04/03/1997;F;moteur;oui;01/04/2027;conseil emploi;02/03/2026;Lyon;06 12 34 56 78;en emploi\n'));
    expect(imported.counts).toMatchObject({ repaired: 1 });
    const [awa] = await people();
    const typed = await manager.post('/api/v1/participants', {
      familyNames: 'Diarra', givenNames: 'Awa', bornPrecision: 'day', bornDay: 4, bornMonth: 3, bornYear: 1997, gender: 'female', documentKind: 'none', place: 'Lyon', phones: [{ number: '06 12 34 56 78', owner: 'self' }], coachId: world.ana.id, confirmedNew: true,
    }).expect(201);
    const awu = (typed.body as { id: string }).id;
    await manager.put(`/api/v1/participants/${awu}/profile`, { families: ['motor'], version: 0 });
    await manager.post(`/api/v1/participants/${awu}/recognitions`, { scheme: 'rqth', state: 'granted', validUntil: '2027-04-01' }).expect(201);
    await manager.put(`/api/v1/participants/${awu}/entry`, { answers: [{ item: 'work-status', value: 'employed' }], version: 0 });
    await manager.post(`/api/v1/participants/${awu}/enrolments`, { pathway: 'employment-advice', operationId: world.operation, source: 'other', receivedOn: '2026-03-02' }).expect(201);
    const of = async (person: string): Promise<unknown> => {
      const tables = ['participant_phone', 'assignment', 'functional_profile', 'recognition', 'entry_answer', 'enrolment', 'referral', 'agenda_entry'];
      const found: Record<string, unknown> = {};
      for (const table of tables) {
        found[table] = (await app.rows<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${table} t where participant_id = $1`, [person])).map(({ row }) => JSON.stringify(row).replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')).sort();
      }
      found.log = (await app.rows<{ action: string }>("select action from audit_event where participant_id = $1 and outcome = 'done'", [person])).map(({ action }) => action).sort();
      return found;
    };
    expect(await of(awa!.id)).toEqual(await of(awu));
  });

  it('is read as the service read it last, and asked again what means two things', async () => {
    const header = 'Nom;Prénom;Handicap;Ville\n';
    const first = await sent(`${header}A;B;Mental;Lyon\nC;D;dys lourd;Lyon\n`);
    await manager.put(`/api/v1/imports/${first.id}/columns`, { columns: ['family-names', 'given-names', 'families', 'ignore'].map((target) => ({ target })), version: 1 }).expect(200);
    const words = [{ list: 'families', word: 'Mental', value: 'psychosocial' }, { list: 'families', word: 'dys lourd', value: 'cognitive' }];
    await manager.put(`/api/v1/imports/${first.id}/reading`, reading({ ...first, version: 2 }, words)).expect(200);
    const second = await sent(`${header}E;F;mental;Lyon\nG;H;Dys lourd;Lyon\n`);
    expect(second.columns.map(({ target }) => target)).toEqual(['family-names', 'given-names', 'families', 'ignore']);
    expect(second.reading.questions.map(({ word, value, asked }) => [word, value, asked])).toEqual([['mental', null, true], ['dys lourd', 'cognitive', false]]);
  });

  it('adds to files what they lack, and refuses what contradicts them, with both values', async () => {
    await committed(await previewed('Nom;Prénom;Date de naissance;Ville\nKoné;Awa;1990;\nDiop;Ben;05/05/1980;Lyon\nSow;Fanta;;\n'));
    const run = await previewed('Nom;Prénom;Date de naissance;Ville;Tél\nAWA;Kone;06/07/1990;Paris;06 00 00 00 01\nDiop;Ben;05/05/1980;Metz;\nSow;Fanta;01/01/1999;;\n');
    expect((await rowsOf(run)).map(({ outcome, says }) => [outcome, says.filter(({ as }) => as !== 'repair').map(({ what, target, now }) => [what, target, now].filter(Boolean).join(' '))])).toEqual([
      ['changes', ['adds birth', 'adds place', 'adds phone']], ['refused', ['contradicts place Lyon']], ['refused', [expect.stringContaining('maybe-same Fanta Sow')]],
    ]);
    expect(await committed(run)).toMatchObject({ state: 'committed' });
    expect(await people()).toMatchObject([{ family_names: 'Diop', born_on: '1980-05-05' }, { family_names: 'Koné', born_on: '1990-07-06' }, { family_names: 'Sow', born_on: null }]);
    expect(await app.rows("select number from participant_phone p join participant q on q.id = p.participant_id where q.family_names = 'Koné' and q.service_id = $1", [world.service])).toEqual([{ number: '06 00 00 00 01' }]);
  });

  it('says of a second header, totals, an empty row, formulas and rows too short or too long what is wrong with each', async () => {
    const run = await previewed("Nom;Prénom;Ville\nA;Anna;=cmd()\nNom;Prénom;Ville\n;;\nB;Boris\nC;Carla;Lyon;x\nTotal;5\nD;Dora;'@home\n@e;Eva;Lyon\nA;Anna;=cmd()\nA;Anna;Metz\n");
    expect((await rowsOf(run)).map(({ line, outcome, says }) => `${line} ${outcome} ${says.map(({ what }) => what).join(' ')}`)).toEqual([
      '2 repaired formula', '3 refused header-again', '4 refused empty-row', '5 repaired short-row no-pathway', '6 refused too-many-cells', '7 refused totals-row', '8 repaired formula no-pathway', '9 repaired formula no-pathway', '10 same same-line formula', '11 refused second-line',
    ].map((one) => expect.stringMatching(new RegExp(`^${one.split(' ').join('.*')}`)) as string));
    const csv = (await browser.get(`/imports/${run.id}/export`).expect(200)).text;
    expect(csv).toContain(`"'=cmd()"`);
    expect((await browser.get(`/imports/${run.id}`).expect(200)).text).not.toContain('<script>');
  });
});

describe('a row that may mean somebody who is there', () => {
  const KNOWN = 'Nom;Prénom;Date de naissance;Ville\nSow;Fanta;;\nKoné;Awa;06/07/1990;Lyon\n';
  const DOUBTFUL = 'Nom;Prénom;Date de naissance;Ville\nSow;Fanta;01/01/1999;Metz\nKonne;Awa;06/07/1990;\nDiop;Ben;;\n';
  const settle = (run: Run, line: number, choice: string, version = run.version): ReturnType<Caller['put']> => manager.put(`/api/v1/imports/${run.id}/rows`, { line, choice, version });
  const settled = async (run: Run, line: number, choice: string): Promise<Run> => (await settle(run, line, choice).expect(200)).body as Run;
  const idOf = async (name: string): Promise<string> => (await people()).find((one) => one.family_names === name)!.id;
  const outcomes = async (run: Run): Promise<string[]> => (await rowsOf(run)).map(({ line, outcome, choice }) => [line, outcome, choice === null ? '' : choice === 'new' ? 'new' : 'one'].join(' ').trim());
  const log = (run: Run): Promise<{ details: unknown }[]> => app.rows("select changes as details from audit_event where action = 'import.settled' and subject_id = $1 and outcome = 'done'", [run.id]);
  beforeEach(async () => { await committed(await previewed(KNOWN)); });

  it('is decided row by row: one of those, or somebody new; the preview follows and the commit does the same', async () => {
    const run = await previewed(DOUBTFUL);
    expect((await rowsOf(run)).map(({ line, outcome, mayBe }) => [line, outcome, mayBe.map(({ name }) => name)])).toEqual([[2, 'refused', ['Fanta Sow']], [3, 'refused', ['Awa Koné (1990)']], [4, 'repaired', []]]);
    const [fanta, awa] = [await idOf('Sow'), await idOf('Koné')];
    const one = await settled(run, 2, fanta);
    expect(one.counts).toEqual({ new: 0, same: 0, changes: 1, repaired: 1, refused: 1 });
    const two = await settled(one, 3, 'new');
    expect(await outcomes(two)).toEqual(['2 changes one', '3 repaired new', '4 repaired']);
    expect(await log(run)).toHaveLength(2);
    expect(JSON.stringify(await log(run))).not.toMatch(/Sow|Fanta|Kon/);
    expect(await committed(two)).toMatchObject({ state: 'committed', failure: null });
    expect(await people()).toMatchObject([{ family_names: 'Diop' }, { family_names: 'Konne', born_on: '1990-07-06' }, { id: awa, family_names: 'Koné' }, { id: fanta, family_names: 'Sow', born_on: '1999-01-01' }]);
    expect(await app.rows('select place from participant where id = $1', [fanta])).toEqual([{ place: 'Metz' }]);
    // Once it has been taken over, nothing is decided any more.
    await settle(two, 3, 'undecided', two.version + 2).expect(409).expect(({ body }) => expect(body).toMatchObject({ code: 'import-over' }));
  });

  it('is taken back, and decided twice is decided once', async () => {
    const run = await previewed(DOUBTFUL);
    const fanta = await idOf('Sow');
    const one = await settled(run, 2, fanta);
    const again = await settled(one, 2, fanta);
    expect(again.version).toBe(one.version);
    expect(await log(run)).toHaveLength(1);
    const back = await settled(again, 2, 'undecided');
    expect(await outcomes(back)).toEqual(['2 refused', '3 refused', '4 repaired']);
    expect(back.counts).toEqual(run.counts);
  });

  it('that means whom another row means already is compared with that row', async () => {
    const run = await previewed('Nom;Prénom;Date de naissance;Ville;Tél\nKone;Awa;06/07/1990;;06 00 00 00 01\nKonne;Awa;06/07/1990;;06 00 00 00 02\nKonnee;Awa;06/07/1990;;\n');
    const awa = await idOf('Koné');
    const both = await settled(await settled(run, 3, awa), 4, awa);
    expect((await rowsOf(both)).map(({ line, outcome, says }) => `${line} ${outcome} ${says.filter(({ as }) => as !== 'repair').map(({ what, target }) => `${what} ${target ?? ''}`.trim()).join(' ')}`)).toEqual(['2 changes adds phone', '3 refused second-line phone settled-same', '4 same same-line settled-same']);
  });

  it('is nobody whom it does not resemble, nobody of another service, and no row that is not in doubt', async () => {
    const run = await previewed(DOUBTFUL);
    const there = await app.world({ name: 'There' });
    const theirs = await (await app.api(there.manager)).post('/api/v1/participants', { familyNames: 'Sow', givenNames: 'Fanta', bornPrecision: 'unknown', gender: 'x', documentKind: 'none', coachId: there.ana.id, confirmedNew: true }).expect(201);
    for (const choice of [await idOf('Koné'), (theirs.body as { id: string }).id, 'nobody', run.id]) {
      expect((await settle(run, 2, choice).expect(422)).body).toMatchObject({ errors: [{ field: 'choice', code: 'not-in-list' }] });
    }
    expect((await settle(run, 4, 'new').expect(409)).body).toMatchObject({ code: 'import-row-not-in-doubt' });
    await settle(run, 99, 'new').expect(404);
    await (await app.api(there.manager)).put(`/api/v1/imports/${run.id}/rows`, { line: 2, choice: 'new', version: run.version }).expect(404);
    expect(await outcomes(run)).toEqual(['2 refused', '3 refused', '4 repaired']);
    expect(await log(run)).toEqual([]);
  });

  it('is decided as it was seen, and not while it is being taken over', async () => {
    const run = await previewed(DOUBTFUL);
    expect((await settle(run, 2, 'new', run.version - 1).expect(409)).body).toMatchObject({ code: 'edited-meanwhile' });
    await app.rows("update import_run set state = 'committing' where id = $1", [run.id]);
    await app.database.write(Actor.system('import', world.service), async () => {
      app.database.hold([run.id]);
      await app.database.sql('select 1');
      await app.database.sql('select 1');
      expect((await settle(run, 2, 'new').expect(409)).body).toMatchObject({ code: 'import-running' });
    });
    expect(await app.rows('select line from import_row where run_id = $1 and (same_as is not null or other_than is not null)', [run.id])).toEqual([]);
  });

  it('that is somebody new is not somebody who came since', async () => {
    const run = await settled(await previewed(DOUBTFUL), 2, 'new');
    expect(await outcomes(run)).toEqual(['2 repaired new', '3 refused', '4 repaired']);
    await manager.post('/api/v1/participants', { familyNames: 'Sow', givenNames: 'Fanta', bornPrecision: 'unknown', gender: 'x', documentKind: 'none', coachId: world.ana.id, confirmedNew: true }).expect(201);
    expect(await committed(run)).toMatchObject({ state: 'failed', failure: 'import-outdated', done: 0 });
  });

  it('that means one person fails where it would mean another, though its outcome is the same', async () => {
    const run = await previewed('Nom;Prénom;Date de naissance;Ville\nKonne;Awa;06/07/1990;\nDiop;Ben;;\n');
    const one = await settled(run, 2, await idOf('Koné'));
    expect(await outcomes(one)).toEqual(['2 same one', '3 repaired']);
    await manager.post('/api/v1/participants', { familyNames: 'Konne', givenNames: 'Awa', bornPrecision: 'day', bornDay: 6, bornMonth: 7, bornYear: 1990, gender: 'x', documentKind: 'none', coachId: world.ana.id, confirmedNew: true }).expect(201);
    expect(await committed(one)).toMatchObject({ state: 'failed', failure: 'import-outdated' });
  });

  it('is decided on the page, which keeps what is looked at', async () => {
    const run = await previewed(DOUBTFUL);
    const page = (await browser.get(`/imports/${run.id}?outcome=refused`).expect(200)).text;
    for (const said of ['This is Fanta Sow', 'This is Awa Koné (1990)', 'Somebody new']) expect(wordsOf(page)).toContain(said);
    expect(page.replaceAll('&#61;', '=')).toContain(`action="/imports/${run.id}/rows?outcome=refused"`);
    expect(page).not.toContain('value="undecided"');
    const fanta = await idOf('Sow');
    await browser.post(`/imports/${run.id}/rows?outcome=refused`, { line: '2', choice: fanta, version: String(run.version) }).expect(303).expect('location', `/imports/${run.id}?outcome=refused`);
    const all = (await browser.get(`/imports/${run.id}`).expect(200)).text;
    expect(wordsOf(all)).toContain('You decided: this is Fanta Sow');
    expect(wordsOf(all)).toContain('Take the decision back');
    await browser.post(`/imports/${run.id}/rows?page=7`, { line: '2', choice: 'undecided', version: String(run.version + 1) }).expect(303).expect('location', `/imports/${run.id}`);
    await browser.post(`/imports/${run.id}/rows`, { line: '2', choice: 'new', version: String(run.version) }).expect(409);
    expect(await outcomes(run)).toEqual(['2 refused', '3 refused', '4 repaired']);
  });
});

describe('a file that is no register', () => {
  const rows = (n: number, text: string): string => `Nom;Prénom\n${`${text}\n`.repeat(n)}`;
  it.each([
    ['of more bytes than a register has', () => 'x'.repeat(11 * 1024 * 1024), 'file-too-large'],
    ['of a million rows', () => rows(1_000_000, 'A;B'), 'register-too-many-rows'],
    ['of ten thousand columns', () => Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(';'), 'register-too-many-columns'],
    ['with a cell of nine megabytes', () => `Nom;Prénom\nA;${'x'.repeat(9_000_000)}\n`, 'register-cell-too-long'],
    ['with a quote that never closes', () => `Nom;Prénom\nA;B\nC;"${'D\n'.repeat(200_000)}`, 'register-quote-not-closed'],
    ['that is a picture', () => aPng(), 'register-not-text'],
    ['without a row', () => 'Nom;Prénom\n', 'register-without-rows'],
    ['of nothing', () => '', 'file-empty'],
  ])('%s is refused, and nothing is kept', async (_, content, code) => {
    const answer = await manager.upload('/api/v1/imports', {}, { name: 'register.csv', content: Buffer.from(content()) }).expect(422);
    expect((answer.body as { errors: { code: string }[] }).errors).toMatchObject([{ code }]);
    expect(await app.rows('select id from import_run where service_id = $1', [world.service])).toEqual([]);
  });

  it('is told on the page, with the line', async () => {
    const answer = await browser.upload('/imports', {}, { name: 'r.csv', content: Buffer.from('Nom;Prénom\nA;B\nC;"D\n') }).expect(422);
    expect(wordsOf(answer.text)).toContain('A quote opens on line 3 and never closes');
    expect(wordsOf((await browser.post('/imports', {}).expect(422)).text)).toContain('“CSV file”: choose an answer');
  });
});

describe('an import', () => {
  const REGISTER = 'Nom;Prénom\nKoné;Awa\nDiop;Ben\n';

  it('waits for no other: while one runs the next is refused', async () => {
    const [one, two] = [await previewed(REGISTER), await previewed(REGISTER)];
    await app.rows("update import_run set state = 'committing' where id = $1", [one.id]);
    const system = Actor.system('import', world.service);
    await app.database.write(system, async () => {
      app.database.hold([one.id]);
      await app.database.sql('select 1');
      await app.database.sql('select 1');
      const refused = await manager.post(`/api/v1/imports/${two.id}/commit`, { version: two.version }).expect(409);
      expect(refused.body).toMatchObject({ code: 'import-running' });
      expect(wordsOf((await browser.get(`/imports/${one.id}`).expect(200)).text)).toContain('0 rows of 2');
      expect((await browser.get(`/imports/${one.id}`)).text).toContain('<meta http-equiv="refresh" content="2">');
    });
  });

  it('that was cut off has written nothing, says so, and is begun again', async () => {
    const run = await previewed(REGISTER);
    await app.rows("update import_run set state = 'committing' where id = $1", [run.id]);
    expect((await manager.get(`/api/v1/imports/${run.id}`).expect(200)).body).toMatchObject({ state: 'failed', failure: 'import-interrupted' });
    expect(wordsOf((await browser.get(`/imports/${run.id}`).expect(200)).text)).toContain('The server stopped before the end. Nothing was written');
    expect(await committed(run)).toMatchObject({ state: 'committed', done: 2 });
    expect(await people()).toHaveLength(2);
  });

  it('of what is no longer as it was shown fails as a whole', async () => {
    const run = await previewed(REGISTER);
    await manager.post('/api/v1/participants', { familyNames: 'Diop', givenNames: 'Ben', bornPrecision: 'unknown', gender: 'x', documentKind: 'none', coachId: world.ana.id, confirmedNew: true }).expect(201);
    expect(await committed(run)).toMatchObject({ state: 'failed', failure: 'import-outdated', done: 0 });
    expect(await people()).toHaveLength(1);
    const { version } = (await manager.get(`/api/v1/imports/${run.id}`)).body as Run;
    const anew = (await manager.put(`/api/v1/imports/${run.id}/reading`, reading({ ...run, version })).expect(200)).body as Run;
    expect(anew.counts).toMatchObject({ new: 0, repaired: 1, same: 1 });
    expect(await committed(anew)).toMatchObject({ state: 'committed' });
    await manager.put(`/api/v1/imports/${run.id}/reading`, reading(anew)).expect(409);
  });

  it('that would change more files than can be held at once is refused before anything is written', async () => {
    const births = Array.from({ length: 2_001 }, (_, index) => new Date(Date.UTC(1980, 0, 1 + index)).toISOString().slice(0, 10));
    const register = (place: string): string => `Nom;Prénom;Date de naissance;Ville\n${births.map((day) => `Sow;Fanta;${day};${place}\n`).join('')}`;
    expect(await committed(await previewed(register('')))).toMatchObject({ state: 'committed', done: 2_001 });
    const run = await previewed(register('Lyon'));
    expect(run.counts).toMatchObject({ changes: 2_001 });
    const refused = await manager.post(`/api/v1/imports/${run.id}/commit`, { version: run.version }).expect(409);
    expect(refused.body).toMatchObject({ code: 'import-too-many-changes' });
    expect((refused.body as { detail: string }).detail).toContain('2,000');
    expect((await manager.get(`/api/v1/imports/${run.id}`).expect(200)).body).toMatchObject({ state: 'previewed', version: run.version });
    expect(await app.rows('select id from participant where service_id = $1 and place is not null', [world.service])).toEqual([]);
  }, 60_000);

  it('is begun as it was seen: a stale version is refused', async () => {
    const run = await previewed(REGISTER);
    const refused = await manager.post(`/api/v1/imports/${run.id}/commit`, { version: run.version - 1 }).expect(409);
    expect(refused.body).toMatchObject({ code: 'edited-meanwhile' });
    await manager.put(`/api/v1/imports/${run.id}/columns`, { columns: [{ target: 'ignore' }], version: run.version }).expect(422);
    await manager.put(`/api/v1/imports/${run.id}/columns`, { columns: [{ target: 'family-names' }, { target: 'family-names' }], version: run.version }).expect(422);
    await manager.put(`/api/v1/imports/${run.id}/reading`, { ...reading(run), coachId: world.manager.id }).expect(422);
  });
});
