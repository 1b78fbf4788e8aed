import { AccommodationsService } from '../../modules/accommodations';
import { AgreementsService } from '../../modules/agreements';
import { AssessmentsService } from '../../modules/assessments';
import { AdviceService, ApplicationsService } from '../../modules/employment-advice';
import { PlanItemsService, PlansService, SupportsService } from '../../modules/plans';
import type { Actor } from '../../platform/access/actor';
import { addDays, type Day } from '../../platform/days';
import type { Entry } from './entry';
import type { Field } from './field';
import type { InventedPerson } from './people';
import { EMPLOYERS } from './places';

/** What is known of who looks for work: what they said of themselves, the plan that they made of it, who helps, what was tried, and what was said of benefits. */
export class Search {
  constructor(
    private readonly field: Field,
    private readonly entry: Entry,
  ) {}

  /** @returns the day on which all of it was talked about */
  async tell(coach: Actor, id: string, enrolmentId: string, one: InventedPerson): Promise<Day> {
    const { number, site, wish, district, admitted, contacts, work } = one;
    const [job] = work?.jobs ?? [];
    const on = addDays(this.field.ago(admitted), contacts.filter((day) => !job || day < job.after).at(-1)!);
    const { today } = this.field;
    const isMinor = this.entry.isMinorOn(one, on);
    await this.field.as(coach, async () => {
      const assessments = this.field.the(AssessmentsService);
      await assessments.write(coach, id, { section: 'work-wanted', words: wish, ownWords: true, writtenOn: on, version: 0 });
      await assessments.write(coach, id, { section: 'conditions', words: `Que el viaje desde ${district} no pase de media hora.`, writtenOn: on, version: 0 });
      const plan = await this.field.the(PlansService).begin(coach, id, { enrolmentId, kind: 'search', openedOn: on, goal: wish, goalOwnWords: true, reviewOn: addDays(today, 60) });
      await this.field.the(PlanItemsService).addAction(coach, id, plan, { what: 'Elegir juntos tres empleadores para llamar', who: 'person', dueOn: addDays(today, 20), addedOn: on });
      await this.field.the(PlansService).agree(coach, id, plan, { agreedOn: on, format: 'easy-read', ...(isMinor ? { giver: 'self-and-legal', coSigner: one.adult } : { giver: 'self' }), version: 1 });
      await this.field.the(SupportsService).name(coach, id, { enrolmentId, name: 'Yolanda Prado', relation: 'friend', forWhat: 'Acompaña a la primera entrevista', fromOn: on });
      await this.agree(coach, id, enrolmentId, one, on, isMinor);
      const employers = EMPLOYERS[site];
      const name = (turn: number): string => employers[(number + turn) % employers.length]!.name;
      const applications = this.field.the(ApplicationsService);
      await applications.add(coach, id, { employerName: name(0), title: wish, foundBy: 'coach', state: 'refused', appliedOn: on, stateOn: on });
      const last = job ? { employerName: employers[job.employer]!.name, state: 'accepted' as const } : { employerName: name(1), state: 'interview' as const, interviewOn: addDays(today, 4 + number % 5) };
      await applications.add(coach, id, { title: wish, foundBy: 'person', appliedOn: on, stateOn: on, ...last });
      await this.field.the(AccommodationsService).raise(coach, id, { kind: 'accessible-instructions', need: 'Que las tareas del día estén en una lista con dibujos', raisedOn: on, raisedBy: 'worker', agreedOn: on, owner: 'coach', interim: 'El asesor prepara la lista cada lunes', interimFromOn: on });
      await this.field.the(AdviceService).advise(coach, id, { answer: 'given', givenOn: on, situation: 'Pensión no contributiva Contigo', changes: 'Se revisa con el municipio antes de firmar un contrato.', format: 'read-aloud' });
    });
    return on;
  }

  /** Signed by everybody where there is a job; of who still looks for one, the service has not signed yet. */
  private async agree(coach: Actor, id: string, enrolmentId: string, { adult, work }: InventedPerson, on: Day, isMinor: boolean): Promise<void> {
    const agreements = this.field.the(AgreementsService);
    const agreement = await agreements.begin(coach, id, { enrolmentId, kind: 'two-party', fromOn: on, terms: 'Una llamada por semana, una visita por mes.' });
    const signed = { method: 'handwritten', signedOn: on } as const;
    await agreements.sign(coach, id, agreement, { ...signed, party: 'participant', giver: 'self', version: 1 });
    if (isMinor) await agreements.sign(coach, id, agreement, { ...signed, party: 'legal', name: adult, version: 2 });
    if (work) await agreements.sign(coach, id, agreement, { ...signed, party: 'service', version: isMinor ? 3 : 2 });
  }
}
