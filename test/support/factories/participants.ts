import { ParticipantsService } from '../../../src/modules/participants';
import { newId } from '../../../src/platform/id';
import type { TestApp, TestUser } from '../app';

/** A person registered by a coach through the service, who becomes their lead. Names say nothing unless a test gives them. */
export function aParticipant(app: TestApp, coach: TestUser, more: { givenNames?: string; familyNames?: string } = {}): Promise<string> {
  return app.acting(coach, (actor) => app.get(ParticipantsService).register(actor, {
    givenNames: more.givenNames ?? 'Given', familyNames: more.familyNames ?? `Family ${newId().slice(-8)}`, bornPrecision: 'unknown', gender: 'undisclosed', documentKind: 'none', confirmedNew: true,
  }));
}
