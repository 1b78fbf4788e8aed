import { DocumentsService } from '../../src/modules/documents';
import { newId } from '../../src/platform/id';
import { Problem } from '../../src/platform/problem';
import { startApp, type TestApp, type TestUser } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { aDocx, aJpeg, anOdt, aPdf, aPng, aZip, sent } from '../support/files';

/** Papers hang on what they prove; here on something that no module owns yet, through the service. */
describe('documents', () => {
  let app: TestApp;
  let world: World;
  let person: string;
  const subject = { kind: 'placement', id: newId() };
  beforeAll(async () => {
    app = await startApp();
    world = await app.world();
    person = await aParticipant(app, world.ana);
  });
  afterAll(() => app.close());

  const documents = (): DocumentsService => app.get(DocumentsService);
  const add = (who: TestUser, name: string, content: Buffer, more: { datedOn?: string; participantId?: string } = {}): Promise<string> =>
    sent(name, content, (file) => app.acting(who, (actor) => documents().add(actor, { participantId: person, subject, kind: 'contract', file, ...more })));
  const refusal = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => (error instanceof Problem ? [error.status, ...error.fields.map((one) => `${one.path}:${one.code}`)] : error));

  it('are kept as they came, and come back as they were', async () => {
    const content = aPdf('été');
    const id = await add(world.ana, 'contrat.pdf', content);
    const [view] = await app.acting(world.ana, (actor) => documents().ofSubject(actor, person, subject));
    expect(view).toMatchObject({ id, kind: 'contract', name: 'contrat.pdf', mediaType: 'application/pdf', bytes: content.length, addedBy: world.ana.id, removed: null, version: 1 });
    const file = await app.acting(world.ana, (actor) => documents().open(actor, id, subject));
    expect([file.name, file.type, (file.content as Buffer).equals(content)]).toEqual(['contrat.pdf', 'application/pdf', true]);
    // Whoever has a copy of the database has no file, and a file moved to another row does not open.
    const [row] = await app.rows<{ content: Buffer }>('select content from document_content where document_id = $1', [id]);
    expect(row!.content.includes('%PDF')).toBe(false);
    const other = await add(world.ana, 'other.pdf', aPdf());
    await app.rows('update document_content set content = $2 where document_id = $1', [other, row!.content]);
    await expect(app.acting(world.ana, (actor) => documents().open(actor, other, subject))).rejects.toThrow('does not open');
    const log = await app.rows<{ action: string; changes: object | null }>("select action, changes from audit_event where subject_id = $1 order by id", [id]);
    expect(log).toEqual([{ action: 'document.added', changes: { on: 'placement', kind: 'contract' } }, { action: 'document.opened', changes: null }]);
  });

  it.each<[string, Buffer]>([['a.PDF', aPdf()], ['photo.jpeg', aJpeg()], ['photo.jpg', aJpeg()], ['a.png', aPng()], ['lettre.docx', aDocx()], ['carta.odt', anOdt()], ['no ending', aPdf()]])('%s is a document', async (name, content) => {
    await expect(add(world.ana, name, content)).resolves.toEqual(expect.any(String));
  });

  it.each<[string, Buffer, string]>([
    ['a PNG that calls itself PDF', aPng(), 'document-not-what-it-says'], ['a ZIP that calls itself PDF', aZip({ 'a.txt': 'x' }), 'document-type-refused'],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), 'document-type-refused'], ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'document-type-refused'],
    ['a program', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), 'document-type-refused'], ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 'document-type-refused'],
    ['a text with macros', aDocx('application/vnd.ms-word.document.macroEnabled.main+xml'), 'document-type-refused'], ['a text with a hidden program', aDocx(undefined, { 'word/vbaProject.bin': 'x' }), 'document-type-refused'],
    ['half of a ZIP', aDocx().subarray(0, 60), 'document-type-refused'],
  ])('%s is none', async (_, content, code) => {
    expect(await refusal(add(world.ana, 'file.pdf', content))).toEqual([422, `file:${code}`]);
  });

  it('a file that was not sent, and a day to come, are told', async () => {
    expect(await refusal(app.acting(world.ana, (actor) => documents().add(actor, { participantId: person, subject, kind: 'contract', file: null, field: 'evidence' })))).toEqual([422, 'evidence:file-missing']);
    expect(await refusal(add(world.ana, 'a.pdf', aPdf(), { datedOn: '2999-01-01' }))).toEqual([422, 'datedOn:day-in-future']);
  });

  it('are seen and taken away by who accompanies the person and who manages, by nobody else, and under their own subject only', async () => {
    const id = await add(world.ana, 'a.pdf', aPdf('seen'));
    const other = await app.world();
    for (const who of [world.ben, other.ana, other.manager, world.officer, world.administrator]) expect(await refusal(app.acting(who, (actor) => documents().open(actor, id, subject)))).toEqual([404]);
    expect(await refusal(app.acting(world.ana, (actor) => documents().open(actor, id, { ...subject, id: newId() })))).toEqual([404]);
    expect(await refusal(app.acting(world.ben, (actor) => documents().remove(actor, id, subject, { reason: 'x', version: 1 })))).toEqual([404]);
    await expect(app.acting(world.manager, (actor) => documents().open(actor, id, subject))).resolves.toMatchObject({ name: 'a.pdf' });
  });

  it('taken away, keep their line and the reason, and show their content to nobody', async () => {
    const id = await add(world.ana, 'a.pdf', aPdf('away'));
    await app.acting(world.ana, (actor) => documents().remove(actor, id, subject, { reason: 'Of somebody else', version: 1 }));
    const found = (await app.acting(world.ana, (actor) => documents().ofParticipant(actor, person))).find((one) => one.id === id);
    expect(found?.removed).toMatchObject({ reason: 'Of somebody else' });
    expect(await refusal(app.acting(world.ana, (actor) => documents().open(actor, id, subject)))).toEqual([422]);
    expect(await refusal(app.acting(world.ana, (actor) => documents().remove(actor, id, subject, { reason: 'again', version: 2 })))).toEqual([422]);
    await expect(app.acting(world.ana, () => app.database.sql('update document set removed_at = null, removed_by = null, removed_reason = null where id = $1', [id]))).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot be written about somebody else\'s person, whatever a service forgets', async () => {
    const theirs = await aParticipant(app, world.ben);
    await expect(add(world.ana, 'a.pdf', aPdf(), { participantId: theirs })).rejects.toThrow();
    expect(await app.rows('select 1 from document where participant_id = $1', [theirs])).toEqual([]);
    app.log.takeFaults();
  });
});
