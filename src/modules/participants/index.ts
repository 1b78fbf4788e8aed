export { ParticipantsModule } from './participants.module';
export { ParticipantsService } from './register/participants.service';
export { ProfileService } from './profile/profile.service';
export { InformationService } from './information/information.service';
export { EntryService } from './entry/entry.service';
export { whereOf, type NextAction, type ParticipantHeader, type ParticipantTab } from './register/participant.header';
export { ParticipantRegistered } from './participants.events';
export { FindPeople, type FoundPerson, type ParticipantView } from './register/register.dto';
