import { PlacementsService, type PlacementView } from '../../src/modules/placements';
import { addMonths } from '../../src/platform/days';
import { newId } from '../../src/platform/id';
import type { TestUser } from '../support/app';
import { aPng } from '../support/files';
import type { World } from '../support/factories/world';
import { COMMANDS, type About } from './commands';
import type { Matrix } from './matrix';

/** What one coach has, made through the API when it is first asked for. Every person's name holds a word that stands nowhere else. */
export class Things {
  private readonly made = new Map<string, Promise<string>>();
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly matrix: Matrix,
    private readonly world: World,
    private readonly owner: TestUser,
  ) {}

  /** Its id, if it has been made. */
  known(thing: string): string | undefined {
    return this.ids.get(thing);
  }

  /** @param user whose, for what belongs to an account */
  id(thing: string, user: TestUser): Promise<string> {
    const key = ['session', 'token', 'membership', 'view'].includes(thing) ? `${thing} ${user.id}` : thing;
    const found = this.made.get(key) ?? this.make(thing, user).then((id) => {
      this.ids.set(thing, id);
      return id;
    });
    this.made.set(key, found);
    return found;
  }

  private async make(thing: string, user: TestUser): Promise<string> {
    const { matrix, world } = this;
    const { app } = matrix;
    const latest = async (statement: string, of = user): Promise<string> => (await app.rows<{ id: string }>(statement, [of.id]))[0]!.id;
    switch (thing) {
      case 'participant': return this.post('/api/v1/participants', { ...COMMANDS.RegisterParticipant({} as About), familyNames: `Canary-${this.owner.id.slice(-6)}-${newId().slice(-6)}`, coachId: this.owner.id });
      case 'consent': return this.ofPerson('consents', 'AnswerConsent');
      case 'measure': return this.ofPerson('measures', 'MeasureGiven');
      case 'recognition': return this.ofPerson('recognitions', 'RecognitionGiven');
      case 'enrolment': return this.ofPerson('enrolments', 'OpenEnrolment');
      case 'placement': return this.ofPerson('placements', 'PlanPlacement');
      case 'payslip': {
        const person = await this.id('participant', this.owner);
        const caller = await this.matrix.caller(this.owner);
        const form = COMMANDS.AddEvidence({ today: app.clock.today('Europe/Paris') } as About);
        const answer = await caller.upload(`/api/v1/participants/${person}/placements/${await this.id('placement', this.owner)}/evidence`, form, { name: 'payslip.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n') });
        return (answer.body as PlacementView).evidence[0]!.documentId!;
      }
      case 'need': return this.ofPerson('needs', 'RaiseNeed');
      case 'application': return this.ofPerson('applications', 'ApplicationGiven');
      case 'member': {
        await this.ofPerson('family', 'AddFamilyMember');
        return (await app.rows<{ id: string }>('select id from family_member where participant_id = $1', [await this.id('participant', user)]))[0]!.id;
      }
      case 'milestone': return this.milestone(user);
      case 'proof': return this.proof(user);
      case 'plan': return this.ofEnrolment('plans', { kind: 'search', openedOn: this.today(), goal: 'To work outside' });
      case 'goal': return this.partOfPlan('goals', user);
      case 'action': return this.partOfPlan('actions', user);
      case 'agreement': return this.ofEnrolment('agreements', { kind: 'two-party', fromOn: this.today() });
      case 'paper': return this.paper(user);
      case 'support': return this.ofEnrolment('supports', { name: 'A friend', relation: 'friend', fromOn: this.today() });
      case 'item':
      case 'sheet': {
        await this.ofPerson('disclosure', 'DecideDisclosure');
        return (await app.rows<{ id: string }>(`select id from disclosure_${thing} where participant_id = $1 and ${thing === 'sheet' ? 'ended_on' : 'revoked_on'} is null order by id desc limit 1`, [await this.id('participant', user)]))[0]!.id;
      }
      case 'employer': return this.post('/api/v1/employers', COMMANDS.CreateEmployer());
      case 'site': return this.ofEmployer('site', 'AddSite');
      case 'contact': return this.ofEmployer('contact', 'AddPartnerContact');
      case 'dealing': return this.ofEmployer('dealing', 'LogDealing');
      case 'activity': return this.post('/api/v1/activities', COMMANDS.LogContact({ participant: await this.id('participant', user) } as About));
      case 'agenda': {
        await this.id('enrolment', user);
        return (await app.rows<{ id: string }>('select id from agenda_entry where participant_id = $1 and done_on is null order by id limit 1', [await this.id('participant', user)]))[0]!.id;
      }
      case 'import': {
        const register = { name: 'register.csv', content: Buffer.from(`Nom;Prénom\nCanary-${newId().slice(-6)};Given\n`) };
        return ((await (await matrix.caller(world.manager)).upload('/api/v1/imports', {}, register)).body as { id: string }).id;
      }
      case 'federation': return this.platform('federations', 'AddFederation');
      case 'programme': return this.platform('programmes', 'AddProgramme');
      case 'operation': return this.platform('operations', 'AddOperation');
      case 'service': return this.platform('services', 'AddService');
      case 'premises': return this.platform(`services/${await this.id('service', user)}/sites`, 'AddServiceSite');
      case 'user': return this.platform('users', 'AddUser');
      case 'protocol': return world === matrix.here ? world.protocols['employment-advice']! : this.draft();
      case 'draft': return this.draft();
      case 'session': {
        app.forget(user);
        await app.as(user);
        return latest('select id from session where user_id = $1 and ended_at is null order by id desc limit 1');
      }
      case 'token': {
        await app.api(user);
        return latest('select id from access_token where user_id = $1 and revoked_at is null order by id desc limit 1');
      }
      case 'view': {
        const keeper = user.role === 'coach' || user.role === 'manager' ? user : this.owner;
        await (await matrix.caller(keeper)).post('/api/v1/caseload/views', COMMANDS.KeepView());
        return latest('select id from saved_view where user_id = $1 order by id desc limit 1', keeper);
      }
      case 'membership': {
        // Of a user who was made for it: beside the one in which the user stands.
        const id = this.ids.get('user') ?? user.id;
        return (await app.rows<{ id: string }>('select id from membership where user_id = $1 order by id limit 1', [id]))[0]!.id;
      }
      default: throw new Error(`the matrix does not know how to make a ${thing}`);
    }
  }

  private async ofPerson(path: string, command: keyof typeof COMMANDS): Promise<string> {
    const participant = await this.id('participant', this.owner);
    const { operation } = this.world;
    const employer = command === 'PlanPlacement' ? await this.id('employer', this.owner) : '';
    return this.post(`/api/v1/participants/${participant}/${path}`, COMMANDS[command]({ participant, operation, employer, today: this.matrix.app.clock.today('Europe/Paris') } as About));
  }

  /** The first milestone of a job that began two months ago. */
  private async milestone(user: TestUser): Promise<string> {
    const [participant, employer] = [await this.id('participant', user), newId()];
    const { app } = this.matrix;
    await app.rows("insert into employer (id, service_id, name, search, country, created_at) values ($1, $2, 'Canary', 'canary', 'FR', now())", [employer, this.world.service]);
    await app.acting(this.owner, async (actor) => {
      const placements = app.get(PlacementsService);
      const id = await placements.plan(actor, participant, { employerId: employer, title: 'Canary', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' });
      await placements.start(actor, participant, id, { firstDayOn: addMonths(this.today(), -2), evidence: 'worker-word', version: 1 });
    });
    return (await app.rows<{ id: string }>('select id from milestone where participant_id = $1 order by due_on limit 1', [participant]))[0]!.id;
  }

  /** The paper that came with an answer. */
  private async proof(user: TestUser): Promise<string> {
    const [participant, milestone] = [await this.id('participant', user), await this.id('milestone', user)];
    const answer = { side: 'worker', status: 'at-work', answeredOn: this.today(), channel: 'document', level: 'document' };
    await (await this.matrix.caller(this.owner)).upload(`/api/v1/participants/${participant}/milestones/${milestone}/answers`, answer, { name: 'point.png', content: aPng() }).expect(200);
    return (await this.matrix.app.rows<{ id: string }>("select id from document where subject_kind = 'milestone' and subject_id = $1 order by id desc limit 1", [milestone]))[0]!.id;
  }

  /** What hangs on the person's pathway. */
  private async ofEnrolment(path: string, command: object): Promise<string> {
    return this.post(`/api/v1/participants/${await this.id('participant', this.owner)}/${path}`, { ...command, enrolmentId: await this.id('enrolment', this.owner) });
  }

  /** What hangs on the owner's employer. */
  private async ofEmployer(part: 'site' | 'contact' | 'dealing', command: 'AddSite' | 'AddPartnerContact' | 'LogDealing'): Promise<string> {
    const employer = await this.id('employer', this.owner);
    await this.post(`/api/v1/employers/${employer}/${part}s`, COMMANDS[command]({ today: this.today() } as About));
    return (await this.matrix.app.rows<{ id: string }>(`select id from employer_${part} where employer_id = $1 order by id limit 1`, [employer]))[0]!.id;
  }

  /** A goal or an action of the plan; the first goal came with it. */
  private async partOfPlan(part: 'goals' | 'actions', user: TestUser): Promise<string> {
    const plan = await this.id('plan', user);
    if (part === 'actions') await this.post(`/api/v1/participants/${await this.id('participant', user)}/plans/${plan}/actions`, { what: 'To ring up', who: 'person', dueOn: this.today() });
    return (await this.matrix.app.rows<{ id: string }>(`select id from plan_${part.slice(0, -1)} where plan_id = $1 order by id limit 1`, [plan]))[0]!.id;
  }

  /** A paper of the agreement: a picture of one point, sent as a form sends it. */
  private async paper(user: TestUser): Promise<string> {
    const [participant, agreement] = [await this.id('participant', user), await this.id('agreement', user)];
    await (await this.matrix.caller(this.owner)).upload(`/api/v1/participants/${participant}/agreements/${agreement}/documents`, {}, { name: 'point.png', content: aPng() }).expect(201);
    return (await this.matrix.app.rows<{ id: string }>("select id from document where subject_kind = 'agreement' and subject_id = $1 order by id desc limit 1", [agreement]))[0]!.id;
  }

  private today(): string {
    return this.matrix.app.clock.today('Europe/Paris');
  }

  private platform(path: string, command: keyof typeof COMMANDS): Promise<string> {
    const { federation, programme, service } = this.world;
    return this.post(`/api/v1/${path}`, COMMANDS[command]({ federation, programme, service, today: this.matrix.app.clock.today('Europe/Paris') } as About), this.world.administrator);
  }

  private draft(): Promise<string> {
    return this.post('/api/v1/protocols', COMMANDS.WriteDraft({ document: () => this.matrix.document() } as About), this.world.editor);
  }

  private async post(path: string, body: object, by: TestUser = this.owner): Promise<string> {
    const answer = await (await this.matrix.caller(by)).post(path, body);
    if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
    return (answer.body as { id?: string; protocol?: { id: string } }).id ?? (answer.body as { protocol?: { id: string } }).protocol?.id ?? '';
  }
}
