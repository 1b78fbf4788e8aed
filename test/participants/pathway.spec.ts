import { startApp, type Browser, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { addressesOf, hiddenOf, wordsOf } from '../support/html';
import { withBack } from '../../src/platform/web/back';
import { smallProtocol } from '../pathways/small-protocol';
import { ENTRY_ITEMS } from '../../src/modules/participants/entry/entry-items';

let app: TestApp;
let world: World;
let ana: Browser;
let id: string;
let enrolment: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());

const on = (name: string, day: string): Record<string, string> => {
  const [year, month, date] = day.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const informed = { ...on('givenOn', '2026-03-02'), format: 'easy-read', willing: 'yes' };
const entry = (value: (key: string) => string | undefined): Record<string, string> => Object.fromEntries(ENTRY_ITEMS.flatMap(({ key }, index): [string, string][] => {
  const answer = value(key);
  const item: [string, string] = [`answers.${index}.item`, key];
  return answer === undefined ? [item] : [item, [`answers.${index}.value`, answer]];
}));
const step = (key: string): string => `/participants/${id}/pathway/${enrolment}/steps/${key}`;
const page = async (key: string): Promise<string> => (await ana.get(step(key)).expect(200)).text;
const versionNow = async (): Promise<string> => String((await app.rows<{ version: number }>('select version from enrolment where id = $1', [enrolment]))[0]!.version);
const stage = async (): Promise<string> => (await app.rows<{ stage: string }>('select stage from enrolment where id = $1', [enrolment]))[0]!.stage;
const meetAll = async (): Promise<void> => {
  await ana.post(`/participants/${id}/informed`, informed).expect(303);
  await ana.post(`/participants/${id}/entry`, { version: '0', ...on('answeredOn', '2026-03-02'), ...entry(() => 'refused') }).expect(303);
};
const take = async (key: string, more: Record<string, string> = {}, who = ana) => who.post(step(key), { step: key, version: await versionNow(), ...on('effectiveOn', '2026-03-02'), ...more });

beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  id = await aParticipant(app, world.ana, { givenNames: 'Maëlle', familyNames: 'Trégor' });
  await ana.post(`/participants/${id}/enrolments`, { pathway: 'orientation', operationId: world.operation, source: 'family', ...on('receivedOn', '2026-02-20'), wish: 'Work with plants' }).expect(303);
  enrolment = (await app.rows<{ id: string }>('select id from enrolment where participant_id = $1', [id]))[0]!.id;
});

describe('a coach admits a person', () => {
  it('is refused with the list of what is missing, meets it where the links lead, and admits', async () => {
    const refused = await page('admit');
    expect(wordsOf(refused)).toContain('Not yet: 3 of the 5 conditions are missing');
    expect(wordsOf(refused)).toContain('0 of 11');
    expect(wordsOf(refused)).toContain('Missing: Work status, Out of work for');
    const links = addressesOf(refused);
    for (const where of ['informed', 'entry#entry', 'entry#disability']) expect(links).toContain(withBack(`/participants/${id}/${where}`, step('admit')));
    expect(refused).not.toContain('name="effectiveOn-day"');
    expect(wordsOf(refused)).toContain('Only a manager may let it pass');

    const attempt = await take('admit');
    expect(attempt.status).toBe(422);
    expect(wordsOf(attempt.text)).toContain('3 of the 5 conditions are missing');
    expect(await stage()).toBe('referred');

    await ana.post(`/participants/${id}/informed`, informed).expect(303);
    expect(wordsOf(await page('admit'))).toContain('Not yet: 2 of the 5 conditions are missing');
    const answers = entry((key) => (key === 'housing' ? undefined : key === 'work-status' ? 'unemployed' : 'refused'));
    await ana.post(`/participants/${id}/entry`, { version: '0', ...on('answeredOn', '2026-03-02'), ...answers }).expect(303);
    const nearly = wordsOf(await page('admit'));
    expect(nearly).toContain('Not yet: 1 of the 5 conditions is missing');
    expect(nearly).toContain('10 of 11');
    expect(nearly).toContain('Missing: Housing');
    const { version } = hiddenOf((await ana.get(`/participants/${id}/entry`)).text, `/participants/${id}/entry`);
    await ana.post(`/participants/${id}/entry`, { version, ...entry((key) => (key === 'housing' ? 'stable' : undefined)) }).expect(303);

    const open = await page('admit');
    expect(wordsOf(open)).toContain('It is open: every condition is met');
    expect(open).toContain('name="effectiveOn-day"');
    expect((await take('admit')).status).toBe(303);
    expect(await stage()).toBe('admitted');
    const tab = wordsOf((await ana.get(`/participants/${id}/pathway`)).text);
    expect(tab).toContain('5 of 5 conditions met');
    expect(tab).toContain('From “Referral” to “Admission”');
    expect(tab).toContain(`by ${world.ana.name}`);
    expect(await app.rows('select answer, answered_on::text from referral where enrolment_id = $1', [enrolment])).toEqual([{ answer: 'admitted', answered_on: '2026-03-02' }]);
  });

  it('a person who does not want it, or who still thinks, is not admitted', async () => {
    await meetAll();
    await ana.post(`/participants/${id}/informed`, { ...informed, willing: 'later' }).expect(303);
    expect(wordsOf(await page('admit'))).toContain('the person is still thinking');
    await ana.post(`/participants/${id}/informed`, { ...informed, willing: 'no' }).expect(303);
    expect(wordsOf(await page('admit'))).toContain('the person does not want the support');
    expect((await take('admit')).status).toBe(422);
  });

  it('not before its facts, not in the future, and not from a stale page', async () => {
    await meetAll();
    expect((await take('admit', on('effectiveOn', '2026-03-01'))).status).toBe(422);
    expect((await take('admit', on('effectiveOn', '2026-03-03'))).status).toBe(422);
    expect((await take('admit', { version: '99' })).status).toBe(409);
    expect(await stage()).toBe('referred');
    expect((await take('admit')).status).toBe(303);
    expect((await take('admit')).status).toBe(409);
  });

  it('a day before the evidence is marked with the day from which it would do, and a manager may keep it with a reason', async () => {
    await meetAll();
    const early = on('effectiveOn', '2026-02-27');
    const refused = await take('admit', early);
    expect(refused.status).toBe(422);
    const said = 'is met only since 2 March 2026. Choose that day or a later one';
    expect(wordsOf(refused.text).split(said)).toHaveLength(3);
    expect(refused.text).toMatch(/href="#effectiveOn/);
    expect(refused.text).toMatch(/name="effectiveOn-day"[^>]*value="27"/);
    expect(wordsOf(refused.text)).not.toContain('Not yet');
    expect(refused.text).not.toContain('name="deviation"');
    const manager = await app.as(world.manager);
    const asked = (await take('admit', early, manager)).text;
    expect(asked).toContain('name="deviation"');
    expect(wordsOf(asked)).toContain('To keep an earlier day, write down why');
    expect((await take('admit', { ...early, deviation: 'Told by telephone on that day' }, manager)).status).toBe(303);
    expect(await app.rows('select effective_on::text, deviation_reason from step where enrolment_id = $1', [enrolment])).toEqual([{ effective_on: '2026-02-27', deviation_reason: 'Told by telephone on that day' }]);
  });

  it('a deviation that is refused stays open, with the fault at its field and what was typed', async () => {
    const manager = await app.as(world.manager);
    const unsaid = (await take('admit', on('effectiveOn', '2026-02-25'), manager)).text;
    expect(unsaid).toContain('<details class="govuk-details" open>');
    expect(unsaid).toMatch(/href="#deviation"/);
    expect(unsaid).toMatch(/name="effectiveOn-day"[^>]*value="25"/);
    const early = (await take('admit', { ...on('effectiveOn', '2026-02-10'), deviation: 'The papers burnt' }, manager)).text;
    expect(early).toContain('<details class="govuk-details" open>');
    expect(early).toMatch(/href="#effectiveOn/);
    expect(early).toMatch(/The papers burnt<\/textarea>/);
  });

  it('on the last stage that the protocol knows, is told that nothing is to be done to move on', async () => {
    await meetAll();
    await take('admit');
    await ana.post('/activities/new', { participantIds: id, kind: 'interview', minutes: '45', outcome: 'done' }).expect(303);
    expect((await take('start-profiling')).status).toBe(303);
    const tab = wordsOf((await ana.get(`/participants/${id}/pathway`)).text);
    expect(tab).toContain('No step to take for now Version 1 of the protocol ends at “Profile”: Together: what the person likes and can do');
    expect(tab).toContain('Take stock of “Profile”');
    expect(tab).not.toContain('Move on from');
  });

  it('a manager lets it pass with a reason; a coach does not', async () => {
    expect((await take('admit', { deviation: 'The person leaves tomorrow' })).status).toBe(422);
    const manager = await app.as(world.manager);
    expect(wordsOf((await manager.get(step('admit'))).text)).toContain('Let it pass with a deviation');
    const unsaid = (await take('admit', {}, manager)).text;
    expect(wordsOf(unsaid)).toContain('Fill in “Why let it pass”');
    expect(unsaid).toContain('<details class="govuk-details" open>');
    expect((await take('admit')).text).not.toContain('name="deviation"');
    expect((await take('admit', { deviation: 'Papers follow' }, manager)).status).toBe(303);
    expect(wordsOf((await ana.get(`/participants/${id}/pathway`)).text)).toContain('Deviation: Papers follow');
  });
});

describe('whoever goes to meet a condition', () => {
  const back = (address: string): string => withBack(`/participants/${id}/${address}`, step('admit'));

  it('comes back to the step, is told what was noted, and sees it met', async () => {
    await ana.post(back('informed'), informed).expect(303).expect('location', step('admit')).expect('set-cookie', /notice=participants\.notice\.informed/);
    expect(wordsOf(await page('admit'))).toMatch(/Not yet: 2 of the 5 conditions are missing.*What is met.*The person is informed/);
    await ana.post(back('entry'), { version: '0', ...on('answeredOn', '2026-03-02'), ...entry(() => 'refused') }).expect(303).expect('location', step('admit'));
    expect(wordsOf(await page('admit'))).toContain('It is open: every condition is met');
  });

  it('does so after a refused form, and by the link that leaves it', async () => {
    const form = (await ana.get(back('informed')).expect(200)).text;
    const links = addressesOf(form);
    expect(links).toContain(back('informed'));
    expect(links).toContain(step('admit'));
    const again = await ana.post(back('informed'), { ...informed, willing: '' }).expect(422);
    expect(addressesOf(again.text)).toContain(back('informed'));
  });

  it('does so from every form about a person, and from a contact', async () => {
    const referral = `enrolments/${enrolment}/referral`;
    for (const form of ['identity', 'contact', 'consents/new?purpose=family', 'recognitions/new', 'functional', 'washington-group', 'measures/new', referral]) {
      const { text } = await ana.get(back(form)).expect(200);
      expect(addressesOf(text).filter((one) => one === step('admit'))).toHaveLength(1);
      expect(addressesOf(text).some((one) => one.includes('back=') && text.includes('method="post"'))).toBe(true);
    }
    await ana.post(back('consents'), { purpose: 'family', answer: 'no', ...on('givenOn', '2026-03-02'), format: 'plain', giver: 'self', method: 'voice' }).expect(303).expect('location', step('admit'));
    await ana.post(back('recognitions'), { scheme: 'none', state: 'none' }).expect(303).expect('location', step('admit'));
    await ana.post(back('measures'), { kind: 'none' }).expect(303).expect('location', step('admit'));
    await ana.post(back('functional'), { familiesRefused: 'on', version: '0' }).expect(303).expect('location', step('admit'));
    await ana.post(back(referral), { source: 'mdph', version: '1' }).expect(303).expect('location', step('admit'));
    await meetAll();
    await take('admit');
    const meet = addressesOf(await page('start-profiling')).find((one) => one.startsWith('/activities/new') && one.includes('back='))!;
    const { text } = await ana.get(meet).expect(200);
    const sent = addressesOf(text).find((one) => one.startsWith('/activities/new?from='))!;
    await ana.post(sent, { participantIds: id, kind: 'interview', outcome: 'done', minutes: '40' }).expect(303).expect('location', step('start-profiling'));
    expect(wordsOf(await page('start-profiling'))).toContain('It is open: every condition is met');
  });

  it('never elsewhere', async () => {
    for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      await ana.post(`/participants/${id}/informed?back=${encodeURIComponent(elsewhere)}`, informed).expect(303).expect('location', `/participants/${id}/information`);
      await ana.post(`/activities/new?back=${encodeURIComponent(elsewhere)}`, { participantIds: id, kind: 'phone', outcome: 'done', minutes: '5' }).expect(303).expect('location', `/participants/${id}`);
      const { text } = await ana.get(`/participants/${id}/informed?back=${encodeURIComponent(elsewhere)}`).expect(200);
      expect(addressesOf(text.slice(text.indexOf('<main'))).filter((one) => /evil|javascript/.test(one))).toEqual([]);
    }
  });
});

describe('other answers to a referral', () => {
  it('waiting asks for the day on which it is looked at again', async () => {
    expect(await page('wait')).toContain('name="reviewOn-day"');
    expect((await take('wait')).status).toBe(422);
    expect(wordsOf((await take('wait', on('reviewOn', '2026-03-01'))).text)).toContain('not before 2 March 2026');
    expect(wordsOf((await take('wait', on('reviewOn', '2027-03-03'))).text)).toContain('not after 2 March 2027');
    expect((await take('wait', on('reviewOn', '2026-04-01'))).status).toBe(303);
    const tab = wordsOf((await ana.get(`/participants/${id}/pathway`)).text);
    expect(tab).toContain('review on 1 April 2026');
    expect(tab).toContain('Stage: Waiting list · due 1 Apr');
  });

  it('a decline has a reason of the list, and is explained in a format', async () => {
    const form = await page('decline');
    expect(form).toContain('value="accompanied-elsewhere"');
    const unsaid = await take('decline');
    expect(unsaid.text).toMatch(/id="reason-error"[\s\S]*choose an answer/);
    expect((await take('decline', { reason: 'too-disabled', explainedFormat: 'easy-read' })).status).toBe(422);
    expect((await take('decline', { reason: 'not-wanted' })).status).toBe(422);
    expect((await take('decline', { reason: 'not-wanted', explainedFormat: 'easy-read' })).status).toBe(303);
    expect(await app.rows('select answer, decline_reason, explained_format from referral where enrolment_id = $1', [enrolment])).toEqual([{ answer: 'declined', decline_reason: 'not-wanted', explained_format: 'easy-read' }]);
    const tab = wordsOf((await ana.get(`/participants/${id}/pathway`).expect(200)).text);
    expect(tab).toContain('declined 2 March 2026 explained: easy-read');
    expect(tab).toContain('Admission (not reached) not reached');
    expect(tab).not.toContain('to come');
  });

  it('a referral is corrected by its version', async () => {
    const address = `/participants/${id}/enrolments/${enrolment}/referral`;
    const { version } = hiddenOf((await ana.get(address).expect(200)).text, address);
    const given = { source: 'mdph', entitlement: 'decision', ...on('entitlementFrom', '2026-02-01'), ...on('entitlementUntil', '2027-02-01'), version };
    const folded = /<details class="govuk-details"( open)?>/;
    expect(folded.exec((await ana.get(address)).text)?.[1]).toBeUndefined();
    await ana.post(address, given).expect(303);
    expect(folded.exec((await ana.get(address)).text)?.[1]).toBe(' open');
    await ana.post(address, { ...given, source: 'esat' }).expect(409);
    await ana.post(address, { ...given, version: String(Number(version) + 1), ...on('entitlementUntil', '2026-01-01') }).expect(422);
  });

  it('a person is not referred twice to the same thing, nor to a day to come', async () => {
    const given = { pathway: 'orientation', operationId: world.operation, source: 'self', ...on('receivedOn', '2026-03-02') };
    expect((await ana.post(`/participants/${id}/enrolments`, given)).status).toBe(409);
    expect((await ana.post(`/participants/${id}/enrolments`, { ...given, pathway: 'employment-advice', ...on('receivedOn', '2026-03-03') })).status).toBe(422);
    await ana.post(`/participants/${id}/enrolments`, { ...given, pathway: 'employment-advice' }).expect(303);
    await ana.get(`/participants/${id}/pathway`).expect(200);
  });
});

describe('afterwards', () => {
  it('a step is taken back with a reason; both lines stay', async () => {
    await meetAll();
    await take('admit');
    const address = `/participants/${id}/pathway/${enrolment}/annulment`;
    const { version } = hiddenOf((await ana.get(address).expect(200)).text, address);
    expect(wordsOf((await ana.post(address, { version: version!, reason: '' }).expect(422)).text)).toMatch(/Fill in “Reason”.*Reason.*Annul this step.*Change nothing/);
    await ana.post(address, { version: version!, reason: 'Wrong person' }).expect(303);
    expect(await stage()).toBe('referred');
    const tab = wordsOf((await ana.get(`/participants/${id}/pathway`)).text);
    expect(tab).toContain('annulled since');
    expect(tab).toContain('Annulled: back from');
    expect(wordsOf((await ana.get(address)).text)).toContain('Nothing to annul');
  });

  it('a pathway is paused until a day, and goes on', async () => {
    await meetAll();
    await take('admit');
    const address = `/participants/${id}/pathway/${enrolment}/pause`;
    const { version } = hiddenOf((await ana.get(address).expect(200)).text, address);
    for (const [until, message] of [['2026-03-02', 'not before 3 March 2026'], ['2027-03-03', 'not after 2 March 2027']] as const) {
      const refused = await ana.post(address, { version: version!, reason: 'Hospital', ...on('until', until) }).expect(422);
      expect(wordsOf(refused.text)).toContain(message);
    }
    await ana.post(address, { version: version!, reason: 'Hospital', ...on('until', '2026-04-01') }).expect(303);
    const tab = (await ana.get(`/participants/${id}/pathway`)).text;
    expect(wordsOf(tab)).toContain('Paused until 1 April 2026');
    const resume = `/participants/${id}/pathway/${enrolment}/resume`;
    await ana.post(resume, hiddenOf(tab, resume)).expect(303);
    // The next action of who pauses leads to where it goes on.
    expect(addressesOf(tab)).toContain(`/participants/${id}/pathway#acts-${enrolment}`);
    const after = wordsOf((await ana.get(`/participants/${id}/pathway`)).text);
    expect(after).toMatch(/What has happened Resumed the same day on 2 March 2026, by .* Paused until 1 April 2026 on 2 March 2026, by .* Hospital/);
    expect(after).not.toMatch(/Paused until.*What has happened/);
  });
});

describe('a success', () => {
  it('may be left again: what leads on from it is shown, taken, and taken back', async () => {
    const editor = await app.api(world.editor);
    const made = (await editor.post('/api/v1/protocols', { document: JSON.stringify(smallProtocol({ version: 7 })) }).expect(201)).body as { protocol: { id: string } };
    await editor.post(`/api/v1/protocols/${made.protocol.id}/publication`, { version: 1 }).expect(204);
    await (await app.as(world.administrator)).post(`/protocols/${made.protocol.id}/adoption`, { versionId: made.protocol.id, programmeId: world.programme }).expect(303);
    id = await aParticipant(app, world.ana);
    await ana.post(`/participants/${id}/enrolments`, { pathway: 'orientation', operationId: world.operation, source: 'self', ...on('receivedOn', '2026-02-20') }).expect(303);
    enrolment = (await app.rows<{ id: string }>('select id from enrolment where participant_id = $1', [id]))[0]!.id;
    await ana.post(`/participants/${id}/informed`, informed).expect(303);
    await ana.post('/activities/new', { participantIds: id, kind: 'interview', outcome: 'done', minutes: '40' }).expect(303);
    for (const [key, who] of [['admit', ana], ['begin', ana], ['finish', await app.as(world.manager)]] as const) expect((await take(key, {}, who)).status).toBe(303);

    const tab = (await ana.get(`/participants/${id}/pathway`).expect(200)).text;
    expect(addressesOf(tab)).toEqual(expect.arrayContaining([step('return'), `/participants/${id}/pathway/${enrolment}/annulment`]));
    expect(wordsOf(tab)).not.toContain('The protocol has no stage after this one yet');
    expect((await take('return')).status).toBe(303);
    expect(await stage()).toBe('admitted');
  });

  it('and an exit leads nowhere', async () => {
    expect((await take('close-before-admission', { reason: 'contact-lost' })).status).toBe(303);
    const links = addressesOf((await ana.get(`/participants/${id}/pathway`).expect(200)).text);
    expect(links.filter((one) => one.includes('/steps/'))).toEqual([]);
    expect(links).toContain(`/participants/${id}/pathway/${enrolment}/annulment`);
  });
});

describe('the tab', () => {
  it('leads from the next action to the step, never to itself', async () => {
    const main = async (): Promise<string[]> => {
      const { text } = await ana.get(`/participants/${id}/pathway`).expect(200);
      return addressesOf(text.slice(text.indexOf('jalon-next__acts'), text.indexOf('jalon-tabs')));
    };
    expect(await main()).toEqual([step('admit')]);
    await take('wait', on('reviewOn', '2026-04-01'));
    // Who waits is looked at again; whether there is a place is another step, offered below.
    expect(await main()).toEqual([step('keep-waiting')]);
    expect(addressesOf((await ana.get(`/participants/${id}/pathway`)).text)).toEqual(expect.arrayContaining([step('admit'), step('decline')]));
  });

  it('lists what its steps opened: noted as a contact, put off, or ticked off, and back to the tab', async () => {
    const here = `/participants/${id}/pathway`;
    const shown = async (): Promise<string> => {
      const { text } = await ana.get(here).expect(200);
      return text.includes('id="todo-') ? text.slice(text.indexOf('id="todo-'), text.indexOf('id="history-')) : '';
    };
    await meetAll();
    expect(await shown()).toBe('');
    await take('admit');
    const ways = async (): Promise<string[]> => addressesOf(await shown()).filter((one) => !one.startsWith('/assets/'));
    expect(wordsOf(await shown())).toContain('Have the first meeting with the person');
    const [contact] = await ways();
    expect(contact).toBe(withBack(`/activities/new?participant=${id}`, here));
    await ana.post(addressesOf((await ana.get(contact!)).text).find((one) => one.startsWith('/activities/new?from='))!, { participantIds: id, kind: 'interview', outcome: 'done', minutes: '40' }).expect(303).expect('location', here);
    expect(await shown()).toBe('');

    await take('start-profiling');
    const [done, putOff] = (await ways()) as [string, string];
    const form = (await ana.get(putOff).expect(200)).text;
    expect(addressesOf(form)).toEqual(expect.arrayContaining([putOff, here]));
    await ana.post(putOff, { version: '1', reason: 'Holidays', ...on('dueOn', '2026-04-30') }).expect(303).expect('location', here);
    expect(wordsOf(await shown())).toMatch(/Go through the profile with the person.*put off: Holidays/);
    const answer = await ana.post(done, { version: '2' }).expect(303).expect('location', here);
    const undo = addressesOf((await ana.follow(answer).expect(200)).text).find((one) => one.includes('/reopen'));
    expect(undo).toBe(withBack(done.replace('/done', '/reopen').split('?')[0]!, here));
    expect(await shown()).toBe('');
  });

  it('leads to a contact where no step follows, to the list where a task is next, and what leads back never leads away', async () => {
    await meetAll();
    await take('admit');
    await ana.post('/activities/new', { participantIds: id, kind: 'interview', outcome: 'done', minutes: '40' }).expect(303);
    await take('start-profiling');
    const { text } = await ana.get(`/participants/${id}/pathway`).expect(200);
    expect(addressesOf(text.slice(text.indexOf('jalon-next__acts'), text.indexOf('jalon-tabs')))).toEqual([withBack(`/activities/new?participant=${id}`, `/participants/${id}/pathway`)]);
    const task = (await app.rows<{ id: string }>("select id from agenda_entry where participant_id = $1 and kind = 'protocol-task' and done_on is null", [id]))[0]!.id;
    await ana.post(`/agenda/${task}/postpone`, { version: '1', reason: 'Sooner', ...on('dueOn', '2026-03-05') }).expect(303);
    const sooner = (await ana.get(`/participants/${id}/pathway`).expect(200)).text;
    expect(addressesOf(sooner.slice(sooner.indexOf('jalon-next__acts'), sooner.indexOf('jalon-tabs')))).toEqual([`/participants/${id}/pathway#todo-${enrolment}`]);
    await ana.post(`/agenda/${task}/done?back=${encodeURIComponent('//evil.example')}`, { version: '2' }).expect(303).expect('location', '/today');
  });

  it('keeps two pathways apart by their names', async () => {
    await ana.post(`/participants/${id}/enrolments`, { pathway: 'employment-advice', operationId: world.operation, source: 'self', ...on('receivedOn', '2026-03-02') }).expect(303);
    const words = wordsOf((await ana.get(`/participants/${id}/pathway`).expect(200)).text);
    expect(words).toContain('Employment advice since 2 Mar 2026');
    expect(words).toContain('Orientation since 20 Feb 2026');
  });
});

describe('the address of a step', () => {
  it('is nobody\'s under another person, another coach, or a step that is not there', async () => {
    const other = await aParticipant(app, world.ana);
    await ana.get(`/participants/${other}/pathway/${enrolment}/steps/admit`).expect(404);
    await ana.post(`/participants/${other}/pathway/${enrolment}/steps/wait`, { step: 'wait', version: '1', ...on('reviewOn', '2026-04-01') }).expect(404);
    await ana.get(step('fly')).expect(404);
    await (await app.as(world.ben)).get(step('admit')).expect(404);
    await (await app.as((await app.world()).manager)).get(step('admit')).expect(404);
    expect(await stage()).toBe('referred');
  });

  it('reading it leaves a trace that the person can be shown', async () => {
    await page('admit');
    const opened = wordsOf((await ana.get(`/participants/${id}/opened`)).text);
    expect(opened).toContain(world.ana.name);
    expect(opened).toContain('read the record');
    expect(opened).toMatch(/changed [^·]*the pathway/);
  });
});

it('reading an enrolment through the API leaves its line in the file, whichever way it is read', async () => {
  const manager = await app.api(world.manager);
  const read = async (): Promise<number> => (await app.rows<{ n: number }>("select count(*)::int as n from audit_event where participant_id = $1 and action = 'participant.opened' and actor_id = $2", [id, world.manager.id]))[0]!.n;
  for (const [index, path] of ['', '/track', '/referral', '/steps', '/protocol'].entries()) {
    await manager.get(`/api/v1/enrolments/${enrolment}${path}`).expect(200);
    expect([path, await read()]).toEqual([path, index + 1]);
  }
  await manager.get(`/api/v1/participants/${id}/assignments`).expect(200);
  expect(await read()).toBe(6);
  await (await app.api(world.ben)).get(`/api/v1/enrolments/${enrolment}/track`).expect(404);
});

it('a person accompanied by a program: the same line through the API', async () => {
  const api = await app.api(world.ana);
  const made = await api.post('/api/v1/participants', { givenNames: 'Lin', familyNames: 'Mei', bornPrecision: 'unknown', gender: 'x', documentKind: 'none' }).expect(201);
  const lin = (made.body as { id: string }).id;
  const opened = await api.post(`/api/v1/participants/${lin}/enrolments`, { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-03-01' }).expect(201);
  const { id: hers, version } = opened.body as { id: string; version: number };
  const refused = await api.post(`/api/v1/enrolments/${hers}/steps`, { step: 'admit', version }).expect(422);
  expect(refused.body).toMatchObject({ code: 'step-refused', unmet: [
    { key: 'informed', have: 0, need: 1, where: `/participants/${lin}/informed`, missing: [{ code: 'not-informed', text: 'telling the person' }] },
    { key: 'entry', have: 0, need: 11 }, { key: 'disability', have: 0, need: 2, missing: [{ code: 'disability', text: 'Says to have a disability' }, { code: 'disability-evidence', text: 'Where the information comes from' }] },
  ] });
  // The same in the language of who reads; the code stays.
  const steps = await app.stranger().get(`/api/v1/enrolments/${hers}/steps`).set('Cookie', `sid=${ana.session}; lang=fr`).expect(200);
  const admit = (steps.body as { items: { step: string; unmet: { missing: object[] }[] }[] }).items.find((one) => one.step === 'admit');
  expect(admit!.unmet[0]!.missing).toEqual([{ code: 'not-informed', text: 'l’information de la personne', where: null }]);
  await api.post(`/api/v1/participants/${lin}/information`, { givenOn: '2026-03-02', format: 'sign', willing: 'yes' }).expect(201);
  await api.put(`/api/v1/participants/${lin}/entry`, { version: 0, answers: ENTRY_ITEMS.map(({ key, options }) => ({ item: key, value: key === 'unemployed-for' ? 'not-concerned' : options[0] })) }).expect(200);
  await api.post(`/api/v1/enrolments/${hers}/steps`, { step: 'admit', version }).expect(201);
  expect((await api.get(`/api/v1/participants/${lin}/history`).expect(200)).body).toMatchObject({ items: [{ step: 'admit', met: 5, of: 5 }] });
});
