import { EmployersService } from '../../../src/modules/employers';
import { PlacementsService, type PlanPlacement } from '../../../src/modules/placements';
import { newId } from '../../../src/platform/id';
import type { TestApp, TestUser } from '../app';

export const JOB = { title: 'Baker', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' } as const;

export function anEmployer(app: TestApp, by: TestUser, more: { name?: string; country?: string } = {}): Promise<string> {
  return app.acting(by, (actor) => app.get(EmployersService).create(actor, { name: more.name ?? `Employer ${newId().slice(-8)}`, country: more.country ?? 'FR', confirmedNew: true }));
}

/** A job that runs since a day, by the person's own word; at an employer of its own unless one is named. */
export async function aJob(app: TestApp, by: TestUser, participantId: string, firstDayOn: string, more: Partial<PlanPlacement> = {}): Promise<string> {
  const employerId = more.employerId ?? await anEmployer(app, by);
  return app.acting(by, async (actor) => {
    const placements = app.get(PlacementsService);
    const id = await placements.plan(actor, participantId, { ...JOB, ...more, employerId });
    await placements.start(actor, participantId, id, { firstDayOn, evidence: 'worker-word', version: 1 });
    return id;
  });
}
