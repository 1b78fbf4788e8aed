import { EnrolmentsService, type Pathway } from '../../../src/modules/pathways';
import type { TestApp, TestUser } from '../app';
import { aParticipant } from './participants';
import type { World } from './world';

/** A person of a coach who was referred: on the first stage of a pathway, nothing answered yet. */
export async function aReferredPerson(
  app: TestApp, world: World, more: { coach?: TestUser; givenNames?: string; familyNames?: string; receivedOn?: string; pathway?: Pathway } = {},
): Promise<{ person: string; enrolment: string }> {
  const coach = more.coach ?? world.ana;
  const person = await aParticipant(app, coach, more);
  const enrolment = await app.acting(coach, (actor) => app.get(EnrolmentsService).open(actor, person, {
    pathway: more.pathway ?? 'employment-advice', operationId: world.operation, source: 'self', receivedOn: more.receivedOn ?? app.clock.today('Europe/Paris'),
  }));
  return { person, enrolment };
}
