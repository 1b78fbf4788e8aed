import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { PathwaysModule } from '../pathways';
import { ProgrammesModule } from '../programmes';
import { EntryAnswer } from './entry/entry-answer.entity';
import { EntryApi } from './entry/entry.api';
import { EntryPages } from './entry/entry.pages';
import { EntryRepository } from './entry/entry.repository';
import { EntryService } from './entry/entry.service';
import { Consent } from './information/consent.entity';
import { InformationGiven } from './information/information-given.entity';
import { InformationApi } from './information/information.api';
import { InformationPages } from './information/information.pages';
import { InformationRepository } from './information/information.repository';
import { InformationService } from './information/information.service';
import { ProtectionMeasure } from './information/protection-measure.entity';
import { IntakeRepository } from './intake/intake.repository';
import { IntakeService } from './intake/intake.service';
import { ParticipantEnrolmentsApi } from './pathway/enrolments.api';
import { MovePages } from './pathway/move.pages';
import { ParticipantFacts } from './pathway/participant.facts';
import { PathwayPages } from './pathway/pathway.pages';
import { ReferralsService } from './pathway/referrals.service';
import { FamilyMember } from './profile/family-member.entity';
import { FunctionalProfile } from './profile/functional-profile.entity';
import { ProfileApi } from './profile/profile.api';
import { ProfilePages } from './profile/profile.pages';
import { ProfileRepository } from './profile/profile.repository';
import { ProfileService } from './profile/profile.service';
import { Recognition } from './profile/recognition.entity';
import { WashingtonGroup } from './profile/washington-group.entity';
import { HandOverPages } from './register/hand-over.pages';
import { Participant, ParticipantPhone } from './register/participant.entity';
import { ParticipantHeaders } from './register/participant.header';
import { OpenedApi } from './register/opened.api';
import { ParticipantsApi } from './register/participants.api';
import { ParticipantsPages } from './register/participants.pages';
import { ParticipantsRepository } from './register/participants.repository';
import { ParticipantsService } from './register/participants.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Participant, ParticipantPhone, FamilyMember, Recognition, FunctionalProfile, WashingtonGroup, EntryAnswer, InformationGiven, Consent, ProtectionMeasure,
    ]),
    AuditModule, ProgrammesModule, IdentityModule, CaseloadsModule, AgendaModule, PathwaysModule,
  ],
  controllers: [ParticipantsPages, HandOverPages, ParticipantsApi, OpenedApi, ProfilePages, ProfileApi, EntryPages, EntryApi, InformationPages, InformationApi, PathwayPages, MovePages, ParticipantEnrolmentsApi],
  providers: [
    ParticipantsService, ParticipantsRepository, ParticipantHeaders, ProfileService, ProfileRepository, EntryService, EntryRepository, InformationService, InformationRepository, ReferralsService, ParticipantFacts, IntakeService, IntakeRepository,
  ],
  exports: [ParticipantsService, ProfileService, InformationService, EntryService, ReferralsService, IntakeService],
})
export class ParticipantsModule {}
