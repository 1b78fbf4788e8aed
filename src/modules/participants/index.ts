export { ParticipantsModule } from './participants.module';
export { ParticipantsService } from './register/participants.service';
export type { ParticipantHeader, ParticipantTab } from './register/participant.header';
export { ParticipantRegistered } from './participants.events';
export type { FoundPerson, ParticipantView } from './register/register.dto';
