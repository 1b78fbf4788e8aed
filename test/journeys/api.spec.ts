import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fillDemonstration, installProtocols } from '../../src/worlds/demonstration';
import { startApp, type Caller, type TestApp, type TestUser } from '../support/app';
import { SettableClock } from '../support/clock';

const hasTools = ['curl', 'jq', 'bash'].every((tool) => spawnSync(tool, ['--version']).status === 0);
const run = promisify(execFile);

type Item = Record<string, unknown> & { id: string };

/** Of which figure the cases are asked. */
const CASES: Record<string, string> = { '/api/v1/reports/pathways/cases': '?figure=admissions', '/api/v1/reports/retention/cases': '?month=1&standing=retained' };

/** The demonstration as a program sees it. */
describe('a program', () => {
  let app: TestApp;
  const callers = new Map<string, Caller>();
  beforeAll(async () => {
    // Today: the commands of the documentation ask the machine which day it is.
    app = await startApp({ clock: new SettableClock(new Date().toISOString()) });
    await installProtocols(app.nest);
    await fillDemonstration(app.nest);
    const users = await app.rows<TestUser & { membership: string }>(
      'select u.id, u.name, u.email, m.role, m.id as membership from app_user u join membership m on m.user_id = u.id order by u.email');
    for (const user of users) callers.set(user.email.split('@')[0]!, await app.api(user));
  });
  afterAll(() => app.close());
  const as = (who: string): Caller => callers.get(who)!;

  /** Each answer is held against its description on its way (support/description.ts). */
  it('reads all that there is to read, and gets what the description says', async () => {
    const items = async (who: string, path: string): Promise<Item[]> => ((await as(who).get(`/api/v1${path}`).expect(200)).body as { items: Item[] }).items;
    await as('coach').post('/api/v1/caseload/views', { name: 'Late', query: 'late=on' }).expect(201);
    await as('manager').upload('/api/v1/imports', {}, { name: 'padron.csv', content: Buffer.from('Apellidos;Nombres\nNadie Ninguno;Invento\n') }).expect(201);
    const rows = await items('coach', '/caseload') as unknown as { participantId: string; enrolment: { enrolmentId: string; pathway: string; position: number } | null }[];
    // Of whom the most is known: whoever has come furthest.
    const { participantId: person, enrolment } = rows.filter((row) => row.enrolment?.pathway === 'employment-advice').sort((a, b) => b.enrolment!.position - a.enrolment!.position)[0]!;
    const first = async (who: string, path: string): Promise<string> => (await items(who, path))[0]!.id;
    const ids: Record<string, () => Promise<string> | string> = {
      participants: () => person, enrolments: () => enrolment!.enrolmentId,
      activities: () => first('coach', `/activities?participantId=${person}`), agenda: () => first('coach', `/agenda?participantId=${person}`),
      'caseload/views': () => first('coach', '/caseload/views'), operations: () => first('coach', '/operations'), protocols: () => first('coach', '/protocols'),
    };
    const whose = (right: string): string => (/^(?:user|programme|audit)\./.test(right) ? 'administrator' : right === 'team.read' || right === 'step.deviate' || right === 'employer.merge' || right.startsWith('import.') ? 'manager' : 'coach');
    const read: string[] = [];
    const empty: string[] = [];
    for (const [path, { get }] of Object.entries(app.description.document.paths)) {
      // A file is opened where it is added (test/agreements).
      if (!get || '*/*' in (get.responses['200']!.content ?? {})) continue;
      const who = whose(/right `([\w.-]+)`/.exec(get.description!)![1]!);
      const [, collection, rest = ''] = /^\/api\/v1\/(.+?)(?:\/\{id\}(.*))?$/.exec(path)!;
      const id = path.includes('{id}') ? await (ids[collection!] ?? (() => first(who, `/${collection!}`)))() : null;
      const query = CASES[path] ?? (get.parameters.some((one) => one.in === 'query' && one.required) ? `?participantId=${person}` : '');
      // What stands below it: the enrolment is known, of the others the first of their list.
      const [list, part = '', further = ''] = rest.split(/\/\{(\w+)\}/);
      const below = part && `/${part === 'enrolment' ? enrolment!.enrolmentId : await first(who, `/${collection!}/${id!}${list!}`)}${further}`;
      const { body } = await as(who).get(`/api/v1/${collection!}${id ? `/${id}${list!}${below}` : ''}${query}`).expect((answer) => { if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`); }) as { body: { items?: unknown[] } };
      read.push(path);
      if (body.items?.length === 0) empty.push(path);
    }
    expect(read.length).toBeGreaterThan(35);
    // Nobody of the demonstration could go over to another version.
    expect(empty).toEqual(['/api/v1/enrolments/{id}/protocol']);
  });

  (hasTools || process.env.CI ? it : it.skip)('leads a person from the register to a job with the commands of docs/api.md', async () => {
    const text = readFileSync(join(__dirname, '../../docs/api.md'), 'utf8');
    const commands = [...text.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block!).join('')
      .replace(/^JALON=.*$/m, `JALON=http://127.0.0.1:${String((app.nest.getHttpServer().address() as AddressInfo).port)}`).replace(/^TOKEN=.*$/m, `TOKEN=${as('coach').token}`);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', commands]);
    expect(stdout).toContain('"need": 11');
    expect(stdout).toContain('"answered": 13');
    for (const stage of ['admitted', 'searching', 'hired']) expect(stdout).toContain(`"stage": "${stage}"`);
    expect(stdout).toContain('"answer": "declined"');
    // A no of the person holds the step.
    expect(JSON.parse(stdout.slice(stdout.lastIndexOf('{')))).toMatchObject({ step: 'leave-in-work', missing: [expect.any(String)] });
  });
});
