import type { Spell } from '../../../src/modules/indicators/point-in-time';
import { newId } from '../../../src/platform/id';
import type { TestApp } from '../app';
import type { World } from './world';

export async function anEmployer(app: TestApp, world: World): Promise<string> {
  const id = newId();
  await app.rows("insert into employer (id, service_id, name, search, country, created_at) values ($1, $2, 'Bakery', 'bakery', 'FR', now())", [id, world.service]);
  return id;
}

/** A job as it stands in the tables: for what compares two ways of counting it. */
export async function aJob(app: TestApp, world: World, spell: Spell, enrolment: string | null, setting = 'ordinary'): Promise<void> {
  await app.rows(`insert into placement (id, service_id, participant_id, enrolment_id, employer_id, title, first_day_on, last_day_on, end_precision, end_by, end_reason, end_learnt_on, setting, contract, found_by, created_at)
    values ($1, $2, $3, $4, $5, 'Baker', $6, $7::date, case when $7::date is null then null else 'exact' end, case when $7::date is null then null else 'both' end, $9, $7::date, $8, 'permanent', 'coach', now())`,
  [spell.id, world.service, spell.person, enrolment, spell.employer, spell.start, spell.end, setting, spell.endReason]);
  if (spell.confirmedThrough) await app.rows("insert into placement_evidence (id, placement_id, service_id, participant_id, about, on_day, kind, level, recorded_at) values ($1, $2, $3, $4, 'presence', $5, 'worker-word', 'worker', now())",
    [newId(), spell.id, world.service, spell.person, spell.confirmedThrough]);
}

/** Numbers that look thrown, the same at each run. */
export function thrown(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
