import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { fromJson } from '../../platform/web/fields';
import { AnswerEntry, EditContact, EditIdentity, EditProfile, EntryService, ParticipantsService, ProfileService, ReferralsService, type ParticipantView } from '../participants';
import type { Change } from './deciding/decision';

/** What a register adds to somebody who is there: through the forms of their file, one after the other. */
@Injectable()
export class Changes {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly profiles: ProfileService,
    private readonly entry: EntryService,
    private readonly referrals: ReferralsService,
  ) {}

  async apply(actor: Actor, id: string, change: Change): Promise<void> {
    if (change.bornOn || change.gender) await this.participants.editIdentity(actor, id, identity(await this.participants.read(actor, id), change));
    if (change.place || change.phones) await this.participants.editContact(actor, id, contact(await this.participants.read(actor, id), change));
    if (change.families) {
      const { version, supportNeeds } = await this.profiles.of(actor, id);
      await this.profiles.editProfile(actor, id, fromJson(EditProfile, { families: change.families, supportNeeds, version }));
    }
    if (change.recognition) await this.profiles.addRecognition(actor, id, change.recognition);
    if (change.entry) await this.entry.answer(actor, id, fromJson(AnswerEntry, { answers: change.entry, version: (await this.entry.of(actor, id)).version }));
    if (change.enrolment) await this.referrals.open(actor, id, change.enrolment);
  }
}

function identity(person: ParticipantView, { bornOn, gender }: Change): EditIdentity {
  const { givenNames, familyNames, knownAs, documentKind, version } = person;
  const [year, month, day] = bornOn ? bornOn.bornOn.split('-').map(Number) : [person.bornYear, person.bornMonth, person.bornDay];
  const bornPrecision = bornOn?.bornPrecision ?? person.bornPrecision;
  const isDay = bornPrecision === 'day';
  return fromJson(EditIdentity, {
    givenNames, familyNames, knownAs, bornPrecision, bornYear: bornPrecision === 'unknown' ? null : year, bornMonth: isDay || bornPrecision === 'month' ? month : null, bornDay: isDay ? day : null,
    gender: gender ?? person.gender, documentKind, version,
  });
}

function contact(person: ParticipantView, { place, phones = [] }: Change): EditContact {
  const { languages, channel, formats, emergencyName, emergencyPhone, emergencyRelation, version } = person;
  return fromJson(EditContact, {
    place: place ?? person.place, phones: [...person.phones, ...phones.map((number) => ({ number, owner: 'self' }))], languages, channel, formats, emergencyName, emergencyPhone, emergencyRelation, version,
  });
}
