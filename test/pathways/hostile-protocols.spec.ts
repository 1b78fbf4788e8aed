import type { Protocol } from '../../src/modules/pathways/protocol';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';
import { requirement, smallProtocol, stage, step } from './small-protocol';

let app: TestApp;
let world: World;
let odile: Browser;
let program: Caller;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  odile = await app.as(world.editor);
  program = await app.api(world.editor);
});

const sound = smallProtocol({ version: 1 });
const and = (...steps: Protocol['steps']): Protocol => ({ ...sound, steps: [...sound.steps, ...steps] });
const asks = (params: object): Protocol => and(step('sing', ['working'], 'done', [requirement('songs', 'activities', params as Record<string, number>)]));
const draft = async (document: unknown): Promise<string> => ((await program.post('/api/v1/protocols', { document: JSON.stringify(document) }).expect(201)).body as { protocol: { id: string } }).protocol.id;

describe('an editor may keep the draft, and is told why it is not published', () => {
  it.each<[string, Protocol, [string, string][], string]>([
    ['a stage named as the language names its own', { ...and(step('on', ['working'], 'constructor'), step('off', ['constructor'], 'done')), stages: [...sound.stages, stage('constructor')] }, [['reserved-name', 'constructor']], 'The name “constructor” belongs to the machine'],
    ['a way out by roles that take no steps', { ...and(step('fall', ['working'], 'pit'), step('climb', ['pit'], 'left', [], { by: ['cashier', 'participant'] })), stages: [...sound.stages, stage('pit')] }, [['dead-end', 'pit'], ['nobody-may', 'climb']], 'Nobody may take this step'],
    ['a way out by what never happens', { ...and(step('fall', ['working'], 'pit'), step('climb', ['pit'], 'left', [], { by: [], on: 'nothing-ever' })), stages: [...sound.stages, stage('pit')] }, [['dead-end', 'pit'], ['unknown-happening', 'climb']], '“nothing-ever” is nothing that can happen elsewhere'],
    ['a refusal without reasons', { ...and(step('refuse', ['referred'], 'refused')), stages: [...sound.stages, stage('refused', { end: 'exit', declines: true })] }, [['decline-without-reason', 'refuse']], 'A refusal gives its reason'],
    ['more months than there are', asks({ overMonths: 1_000_000_000 }), [['nobody-can-meet', 'sing']], 'The requirement “songs” could never be met'],
    ['more contacts than are looked at', asks({ count: 5000 }), [['nobody-can-meet', 'sing']], 'The requirement “songs” could never be met'],
    ['a precision that only the language knows', asks({ toString: 'x' }), [['nobody-can-meet', 'sing']], 'The requirement “songs” could never be met'],
    ['another', asks({ constructor: 1 }), [['nobody-can-meet', 'sing']], 'The requirement “songs” could never be met'],
  ])('%s', async (_, document, reasons, words) => {
    const id = await draft(document);
    const { findings } = (await program.get(`/api/v1/protocols/${id}`).expect(200)).body as { findings: { code: string; at: string }[] };
    expect(findings.map(({ code, at }) => [code, at])).toEqual(reasons);
    await program.post(`/api/v1/protocols/${id}/publication`, { version: 1 }).expect(422);
    expect(wordsOf((await odile.get(`/protocols/${id}`).expect(200)).text)).toContain(words);
  });
});

it.each(['\\u202e', '\\u001b', '\\u0007', '\\u0000', '\\ud800'])('a sign that no field lets in is not let in by its escape either, and what was typed stays: %s', async (escape) => {
  const document = JSON.stringify({ ...sound, title: { ...sound.title, en: 'Title SIGN' } }).replace('SIGN', escape);
  const refused = await program.post('/api/v1/protocols', { document }).expect(422);
  expect(refused.body).toMatchObject({ errors: [{ field: 'document', code: 'protocol-shape', message: '“document”, at /title/en: the text is empty or holds a sign that cannot be read' }] });
  const page = await odile.post('/protocols', { document }).expect(422);
  expect(wordsOf(page.text)).toContain('at /title/en: the text is empty or holds a sign that cannot be read');
  expect(page.text).toContain(`Title ${escape}`);
  expect(await app.rows('select id from protocol_version where federation_id = $1', [world.federation])).toEqual([]);
});

it('a draft kept before texts were looked at says what is wrong with it', async () => {
  const id = await draft(sound);
  await app.rows("update protocol_version set document = jsonb_set(document, '{title,fr}', to_jsonb('a' || chr(8238))) where id = $1", [id]);
  expect(wordsOf((await odile.get(`/protocols/${id}`).expect(200)).text)).toContain('The shape of the document is wrong: the text is empty or holds a sign that cannot be read');
});

describe('what is sent is about what the address says', () => {
  it('taking a step', async () => {
    const ana = await app.as(world.ana);
    const person = await aParticipant(app, world.ana);
    const on = (name: string): Record<string, string> => ({ [`${name}-day`]: '2', [`${name}-month`]: '3', [`${name}-year`]: '2026' });
    await ana.post(`/participants/${person}/enrolments`, { pathway: 'orientation', operationId: world.operation, source: 'self', ...on('receivedOn') }).expect(303);
    const [enrolment] = await app.rows<{ id: string }>('select id from enrolment where participant_id = $1', [person]);
    const at = `/participants/${person}/pathway/${enrolment!.id}/steps`;
    const close = { step: 'close-before-admission', reason: 'deceased', version: '1', ...on('effectiveOn') };
    const refused = await ana.post(`${at}/wait`, close).expect(422);
    expect(wordsOf(refused.text)).toContain('What was sent is not about what the address of the page says');
    expect(await app.rows('select stage from enrolment where id = $1', [enrolment!.id])).toEqual([{ stage: 'referred' }]);
    await ana.post(`${at}/close-before-admission`, close).expect(303);
  });

  it('adopting a version', async () => {
    const id = await draft(sound);
    await program.post(`/api/v1/protocols/${id}/publication`, { version: 1 }).expect(204);
    const karim = await app.as(world.administrator);
    const refused = await karim.post(`/protocols/${id}/adoption`, { versionId: world.protocols.orientation!, programmeId: world.programme }).expect(422);
    expect(wordsOf(refused.text)).toContain('What was sent is not about what the address of the page says');
    expect(await app.rows('select id from protocol_adoption where version_id = $1', [id])).toEqual([]);
  });
});
