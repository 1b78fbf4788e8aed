import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Database } from '../../../platform/database/database';
import { Visibility } from '../../caseloads';
import { EntryAnswer } from '../entry/entry-answer.entity';
import { FunctionalProfile } from '../profile/functional-profile.entity';
import { Recognition } from '../profile/recognition.entity';
import { Participant, ParticipantPhone } from '../register/participant.entity';
import type { KnownFacts, KnownPerson } from './intake.dto';

/** What many new people are made of. */
export interface Rows {
  participants: Participant[];
  phones: ParticipantPhone[];
  profiles: FunctionalProfile[];
  recognitions: Recognition[];
  answers: EntryAnswer[];
}

@Injectable()
export class IntakeRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  holdNew(ids: readonly string[]): void {
    this.database.holdNew(ids);
  }

  add({ participants, phones, profiles, recognitions, answers }: Rows): void {
    this.database.addMany(Participant, participants);
    this.database.addMany(ParticipantPhone, phones);
    this.database.addMany(FunctionalProfile, profiles);
    this.database.addMany(Recognition, recognitions);
    this.database.addMany(EntryAnswer, answers);
  }

  /** Everybody whom the actor may see, in one statement. */
  people(actor: Actor): Promise<KnownPerson[]> {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    return this.database.sql<KnownPerson>(
      `select p.id, p.given_names as "givenNames", p.family_names as "familyNames", p.born_on as "bornOn", p.born_precision as "bornPrecision",
         coalesce(t.tails, '{}') as phones
       from participant p left join (select participant_id, array_agg(digits) as tails from participant_phone where digits <> '' group by 1) t on t.participant_id = p.id
       where ${sql}`, params,
    );
  }

  /** Of these people, in one statement. */
  facts(actor: Actor, ids: readonly string[]): Promise<Omit<KnownFacts, 'enrolments'>[]> {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    return this.database.sql<Omit<KnownFacts, 'enrolments'>>(
      `select p.id, p.version, p.gender, p.place, coalesce(f.families, '{}') as families, coalesce(f.families_refused, false) as "familiesRefused", coalesce(f.version, 0) as "profileVersion",
         coalesce((select jsonb_agg(jsonb_build_object('scheme', r.scheme, 'state', r.state, 'validUntil', r.valid_until)) from recognition r where r.participant_id = p.id), '[]') as recognitions,
         coalesce((select jsonb_object_agg(a.item, case when a.refused then 'refused' else a.value end) from entry_answer a where a.participant_id = p.id), '{}') as entry
       from participant p left join functional_profile f on f.participant_id = p.id where p.id = any (:ids) and ${sql}`, { ...params, ids },
    );
  }
}
