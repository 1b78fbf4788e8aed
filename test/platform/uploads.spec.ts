import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newId } from '../../src/platform/id';
import { SOON } from '../../src/platform/web/dress';
import { Lab, type LabPerson } from '../support/lab';
import { LAB_MAX } from '../support/lab.routes';

describe('a form with a file', () => {
  const state = mkdtempSync(join(tmpdir(), 'jalon-test-'));
  const folder = join(state, 'uploads');
  let lab: Lab;
  let ana: LabPerson;
  let machine: LabPerson;
  let token: string;
  beforeAll(async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'left-over'), 'x');
    utimesSync(join(folder, 'left-over'), new Date('2020-01-01'), new Date('2020-01-01'));
    lab = await Lab.start({ JALON_STATE: state });
    ana = lab.person('coach', newId());
    token = await ana.formToken();
    machine = lab.caller('coach', newId());
  });
  afterAll(async () => {
    await lab.close();
    rmSync(state, { recursive: true });
  });

  const form = (path = '/lab/upload'): ReturnType<LabPerson['bare']> =>
    ana.bare('post', path).set('Origin', lab.config.url).set('Sec-Fetch-Site', 'same-origin').field('_token', token).field('name', 'Une pièce');
  /** The file goes once the answer has left: this waits for it. */
  const gone = async (): Promise<void> => {
    while (readdirSync(folder).length > 0) await new Promise((soon) => setImmediate(soon));
  };

  it('arrives with what was typed, readable for us alone, and is gone once it is answered', async () => {
    const answer = await form().attach('file', Buffer.from('hello'), 'contrat été.pdf');
    expect([answer.status, answer.body]).toEqual([200, { name: 'Une pièce', file: { name: 'contrat été.pdf', bytes: 5, mode: 0o600, text: 'hello' } }]);
    await gone();
  });

  it('may come without one', async () => {
    expect((await form()).body).toEqual({ name: 'Une pièce', file: null });
    expect((await form().attach('file', Buffer.alloc(0), { filename: '' })).body).toEqual({ name: 'Une pièce', file: null });
  });

  it.each([
    ['of exactly the largest size', LAB_MAX, null], ['one byte too large', LAB_MAX + 1, 'file-too-large'], ['far too large', LAB_MAX * 7, 'file-too-large'], ['empty', 0, 'file-empty'],
  ])('%s', async (_, bytes, code) => {
    const answer = await machine.bare('post', '/api/v1/lab/upload').attach('file', Buffer.alloc(bytes, 'a'), 'a.txt');
    expect([answer.status, (answer.body as { errors?: { field: string; code: string }[] }).errors?.map((one) => [one.field, one.code])]).toEqual(code ? [422, [['file', code]]] : [200, undefined]);
    await gone();
  });

  it('is not read to its end when it is far longer than it may be, and nothing of it is kept', async () => {
    let sent = 0;
    const endless = Readable.from((function* () {
      yield '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
      for (; sent < 2_000; sent += 1) yield 'a'.repeat(10_000);
    })());
    const status = await new Promise<number>((resolve, reject) => {
      const { port } = lab.nest.getHttpServer().address() as { port: number };
      const sending = request({ port, path: '/api/v1/lab/upload', method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x', 'x-lab-person': machine.key } }, (answer) => {
        resolve(answer.statusCode!);
        sending.destroy();
      }).on('error', reject);
      endless.pipe(sending);
    });
    expect(status).toBe(413);
    await gone();
  });

  it.each([
    ['../../etc/passwd', 'passwd'], ['C:\\Users\\a\\contrat.pdf', 'contrat.pdf'], ['a\u202efdp.exe', 'afdp.exe'], ['<b>.pdf', 'b.pdf'], [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`], ['\u200b', 'file'],
  ])('its name is words, never a path: %s', async (given, name) => {
    expect((await form().attach('file', Buffer.from('x'), given)).body).toMatchObject({ file: { name } });
  });

  it('is refused where no file is taken, without its token, from another site, in pieces that are none, with names that reach a prototype', async () => {
    expect((await form('/lab/things').attach('file', Buffer.from('x'), 'a')).status).toBe(415);
    expect((await ana.bare('post', '/lab/upload').set('Origin', lab.config.url).field('name', 'x').attach('file', Buffer.from('x'), 'a')).status).toBe(403);
    expect((await form().set('Sec-Fetch-Site', 'cross-site').attach('file', Buffer.from('x'), 'a')).status).toBe(403);
    const typed = machine.bare('post', '/api/v1/lab/upload');
    expect((await typed.set('Content-Type', 'multipart/form-data').send('x')).status).toBe(422);
    expect((await machine.bare('post', '/api/v1/lab/upload').set('Content-Type', 'multipart/form-data; boundary=x').send('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf')).status).toBe(422);
    expect((await form().field('__proto__', 'x')).status).toBe(422);
    expect((await form().field('other', 'x')).status).toBe(422);
    await gone();
  });

  it('of many thousand parts is too large', async () => {
    const parts = Array.from({ length: 400 }, (_, index) => `--x\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\n1\r\n`).join('');
    expect((await machine.bare('post', '/api/v1/lab/upload').set('Content-Type', 'multipart/form-data; boundary=x').send(`${parts}--x--\r\n`)).status).toBe(413);
  });

  it('nothing stays from a process that died', async () => {
    await lab.nest.init();
    await gone();
  });

  it('a body of words has half a minute, a file has five', () => {
    expect([SOON, lab.nest.getHttpServer().requestTimeout]).toEqual([30_000, 300_000]);
  });
});
