import { shippedProtocols } from '../../src/modules/pathways';
import type { MembershipRole } from '../../src/platform/access/actor';
import { connected } from '../../src/platform/database/roles';
import { COMMANDS } from '../access/commands';
import { EXPECTED } from '../access/expected';
import { startApp, type TestApp, type TestUser } from '../support/app';
import { SettableClock } from '../support/clock';
import { aCrowd, type Crowd } from '../support/factories/crowd';
import { inWords, Plans } from '../support/plans';

const CASELOAD = [
  'pathway=employment-advice', 'stage=admitted', 'late=on', 'warned=on', 'silent=on', 'within=7', 'within=90', 'scope=left', 'sort=name', 'sort=stage', 'sort=due&order=desc', 'page=2', 'coach={coach}', 'coach={coach}&late=on',
];
const LOG = ['outcome=refused', 'outcome=read', 'action=activity.logged', 'action=user.added', 'actor=Coach 31', 'actor=coach', 'from={today}', 'until=2026-01-01', 'before={line}', 'action=user.added&outcome=refused', 'file={participant}'];
const USERS = ['q=elsewhere', 'q=Coach', 'role=coach', 'role=editor', 'state=disabled', 'sort=-created', 'sort=email', 'page=3'];
/** What the lists are asked beside their bare address: filters, orders, pages. A list's page asks the same of the same service as its call. */
const ASKED: Record<string, string[]> = {
  'GET /api/v1/caseload': CASELOAD, 'GET /caseload/export': ['late=on'], 'GET /api/v1/milestones': ['show=late', 'show=month', 'show=all', 'show=all&order=desc', 'show=all&page=2', 'coach={coach}'], 'GET /milestones/export': ['show=late'],
  'GET /api/v1/participants/:id/timeline': ['show=contacts', 'show=steps', 'before={today}'], 'GET /participants/:id/opened': ['before={line}'], 'GET /api/v1/participants/:id/opened': ['before={line}'],
  'GET /api/v1/activities': ['participantId={participant}', 'participantId={participant}&beforeOn={today}&beforeId={line}'], 'GET /api/v1/agenda': ['participantId={participant}'],
  'GET /activities/new': ['participant={participant}'], 'GET /today': ['participant={participant}'],
  'GET /api/v1/audit-events': LOG, 'GET /audit/export': ['outcome=refused'], 'GET /api/v1/users': USERS,
};
/** More lines than an export holds, unless it is asked for less. */
const TOO_MANY = ['GET /audit/export'];
/** Names are looked for by POST; and two acts of every day. */
const SENT: [string, Record<string, unknown>][] = [
  ...['{family}', '{given}', '{beginning}', 'al', 'nobody', '06 12 34 56 78', '4321'].map((q): [string, Record<string, unknown>] => ['/api/v1/participants/search', { q }]),
  ['/api/v1/participants/duplicates', { familyNames: '{family}' }],
  ['/api/v1/participants/duplicates', { familyNames: '{family}', givenNames: '{given}', bornDay: 2, bornMonth: 3, bornYear: 1994, phone: '06 12 34 56 78' }],
  ['/api/v1/activities', { kind: 'phone', minutes: 10, outcome: 'done', participantIds: ['{participant}'] }],
  ['/api/v1/participants', { givenNames: 'New', familyNames: 'Person', bornPrecision: 'unknown', gender: 'x', documentKind: 'none', coachId: '{coach}', confirmedNew: true }],
];

describe('a plan throws away at most ten times what it returns', () => {
  let app: TestApp;
  let crowd: Crowd;
  let plans: Plans;
  let words: Record<string, string>;
  const users = new Map<MembershipRole, TestUser>();
  const views = new Map<TestUser, string>();

  beforeAll(async () => {
    app = await startApp({ clock: new SettableClock(new Date().toISOString()) });
    const world = await app.world();
    await aCrowd(app, world, 600);
    crowd = await aCrowd(app, world, 2_400);
    users.set('coach', crowd.user).set('manager', await app.user('manager', { serviceId: crowd.service }));
    users.set('administrator', world.administrator).set('officer', world.officer).set('editor', world.editor);
    const document = JSON.stringify({ ...shippedProtocols()[0], version: 1_000 });
    const draft = ((await (await app.api(world.editor)).post('/api/v1/protocols', { document }).expect(201)).body as { protocol: { id: string } }).protocol.id;
    const of = (table: string, more = 'true'): string => `(select id from ${table} t where t.participant_id = p.id and ${more} order by id limit 1)`;
    const [found] = await app.rows<Record<string, string>>(
      `select p.id as participant, p.service_id as service, p.family_names as family, p.given_names as given, left(p.family_names, 3) || ' ' || left(p.given_names, 3) as beginning, ${of('enrolment', 'closed_on is null')} as enrolment, ${of('agenda_entry', 'done_on is null')} as agenda, ${of('recognition')} as recognition,
         ${of('consent', 'withdrawn_on is null')} as consent, ${of('protection_measure')} as measure, ${of('family_member')} as member, ${of('application')} as application, ${of('plan', 'closed_on is null')} as plan, (select id from plan_goal t where t.plan_id = ${of('plan', 'closed_on is null')} order by id limit 1) as goal, (select id from plan_action t where t.plan_id = ${of('plan', 'closed_on is null')} order by id limit 1) as action, ${of('natural_support')} as support, ${of('agreement', 'ended_on is null')} as agreement,
         ${of('accommodation')} as need, ${of('placement')} as placement, ${of('milestone', 'month = 1')} as milestone, ${of('disclosure_sheet', 'ended_on is null')} as sheet, (select id from disclosure_item t where t.sheet_id = ${of('disclosure_sheet', 'ended_on is null')} order by id limit 1) as item,
         (select id from document d where d.subject_id = ${of('placement')} limit 1) as payslip, (select id from document d where d.subject_id = ${of('milestone', 'month = 1')} limit 1) as proof,
         (select id from employer k where k.service_id = p.service_id order by id limit 1) as employer,
         (select id from document d where d.subject_id = ${of('agreement', 'ended_on is null')} limit 1) as paper, (select activity_id from activity_participant t where t.participant_id = p.id order by activity_id limit 1) as activity,
         (select id from audit_event order by id desc offset 10000 limit 1) as line from participant p where p.id = $1`, [crowd.participant]);
    const partner = async (table: string): Promise<string> => (await app.rows<{ id: string }>(`select id from ${table} where employer_id = $1 order by id limit 1`, [found!.employer]))[0]!.id;
    const register = { name: 'register.csv', content: Buffer.from('Nom;Prénom\nNobody;Given\n') };
    const imported = ((await (await app.api(users.get('manager')!)).upload('/api/v1/imports', {}, register)).body as { id: string }).id;
    const { federation, programme, operation } = world;
    const premises = ((await (await app.api(world.administrator)).post(`/api/v1/services/${crowd.service}/sites`, { name: 'Centre', place: 'Lyon', opensOn: '2026-01-01' }).expect(201)).body as { id: string }).id;
    words = {
      ...found, import: imported, site: await partner('employer_site'), contact: await partner('employer_contact'), dealing: await partner('employer_dealing'), premises, federation, programme, operation, protocol: world.protocols['employment-advice']!, draft, coach: crowd.coach, user: crowd.coach, key: 'admit', today: app.clock.today('Europe/Paris'),
    };
    for (const user of [crowd.user, users.get('manager')!]) {
      await (await app.api(user)).post('/api/v1/caseload/views', COMMANDS.KeepView());
      views.set(user, (await app.rows<{ id: string }>('select id from saved_view where user_id = $1 order by id desc limit 1', [user.id]))[0]!.id);
    }
    plans = await Plans.of(app);
  }, 120_000);
  afterAll(() => app.close());

  const filled = (text: string, user: TestUser): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => (name === 'view' ? views.get(user) : words[name]) ?? whole);
  const asks = async (role: MembershipRole, path: string): Promise<number> => {
    const user = users.get(role)!;
    plans.about(`GET ${path} of ${role}`);
    return (await (path.startsWith('/api/') ? await app.api(user) : await app.as(user)).get(path)).status;
  };

  it('in every page and call that reads, with the filters and orders of the lists', async () => {
    const wrong: string[] = [];
    for (const [name, { may, on, query, ok }] of Object.entries(EXPECTED).filter(([one]) => one.startsWith('GET '))) {
      const address = name.slice(4).replace(':id', `{${on}}`).replace(/:(\w+)/g, '{$1}');
      const bare = TOO_MANY.includes(name) ? [] : [query ?? ''];
      for (const role of [...users.keys()].filter((one) => may[one])) {
        for (const asked of [...bare, ...(ASKED[name] ?? []).map((one) => `?${one}`)]) {
          const status = await asks(role, filled(address + asked, users.get(role)!));
          if (![200, ok].flat().includes(status)) wrong.push(`${role}: ${address}${asked} ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(plans.statements).toBeGreaterThan(2_000);
    expect(plans.take().map(inWords)).toEqual([]);
  }, 90_000);

  it('in looking for people, and in acts of every day', async () => {
    // A crowd is small enough for PostgreSQL to read every name; a service of a hundred thousand people is not.
    await plans.configure({ enable_seqscan: 'off' });
    for (const role of ['coach', 'manager'] as const) {
      const caller = await app.api(users.get(role)!);
      for (const [path, body] of SENT) {
        plans.about(`POST ${path} of ${role}`);
        await caller.post(path, JSON.parse(filled(JSON.stringify(body), users.get(role)!)) as object).expect(({ status }) => expect([200, 201]).toContain(status));
      }
    }
    await plans.configure({ enable_seqscan: 'on' });
    expect(plans.take().map(inWords)).toEqual([]);
  });

  it('in looking for an employer among thousands', async () => {
    await connected(app.postgres.ownerUrl, async (owner) => {
      await owner.query("insert into employer (id, service_id, name, search, country, created_at) select gen_random_uuid(), $1::uuid, 'Taller ' || w.name, 'taller ' || w.name, 'FR', now() from generate_series(1, 20000) i cross join lateral (select translate(md5('many' || i), '0123456789', 'ghijklmnop') as name) w", [crowd.service]);
      await owner.query('vacuum analyze employer'); // what waits to enter the index enters it
    });
    // A few thousand rows are still read one by one; the index has to be one that can be used.
    await plans.configure({ enable_seqscan: 'off' });
    const [one] = await app.rows<{ search: string }>("select search from employer where service_id = $1 and search like 'taller %' order by search limit 1", [crowd.service]);
    for (const role of ['coach', 'manager'] as const) {
      for (const q of [one!.search, one!.search.slice(7, 12)]) {
        plans.about(`GET /api/v1/employers?q=… of ${role}`);
        const found = await (await app.api(users.get(role)!)).get(`/api/v1/employers?q=${encodeURIComponent(q)}`).expect(200);
        expect((found.body as { total: number }).total).toBeGreaterThan(0);
      }
    }
    await plans.configure({ enable_seqscan: 'on' });
    expect(plans.take().map(inWords)).toEqual([]);
  });

  it('or is found: here without the indexes on whom an activity served', async () => {
    const sought = `/api/v1/activities?participantId=${crowd.participant}`;
    expect(await asks('coach', sought)).toBe(200);
    expect(plans.take()).toEqual([]);
    await connected(app.postgres.ownerUrl, (owner) => owner.query('drop index activity_participant_service_id_participant_id_idx, activity_participant_participant_id_happened_on_idx'));
    expect(await asks('coach', sought)).toBe(200);
    expect(plans.take().map(inWords)).toContainEqual(expect.stringMatching(/^GET \/api\/v1\/activities.* of coach: .* of activity_participant returns \d rows and throws away \d{4,} \(Filter: .*participant_id.*\) in: .*activity/));
  });
});
