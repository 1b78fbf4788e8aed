import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type PlatformOptions } from './platform/platform.module';
import { CHAIN, PLATFORM_ROUTES } from './platform/web/chain';
import { AuditModule } from './modules/audit';
import { ProgrammesModule } from './modules/programmes';
import { IdentityModule } from './modules/identity';
import { CaseloadsModule } from './modules/caseloads';
import { AgendaModule } from './modules/agenda';
import { PathwaysModule } from './modules/pathways';
import { DocumentsModule } from './modules/documents';
import { ParticipantsModule } from './modules/participants';
import { DisclosureModule } from './modules/disclosure';
import { EmployersModule } from './modules/employers';
import { ActivitiesModule } from './modules/activities';
import { AssessmentsModule } from './modules/assessments';
import { PlansModule } from './modules/plans';
import { AgreementsModule } from './modules/agreements';
import { EmploymentAdviceModule } from './modules/employment-advice';
import { PlacementsModule } from './modules/placements';
import { AccommodationsModule } from './modules/accommodations';
import { RetentionModule } from './modules/retention';
import { DeskModule } from './modules/desk';
import { ImportsModule } from './modules/imports';
import { IndicatorsModule } from './modules/indicators';

/** The table of contents, in order of dependency: a module uses those above it, never those below. */
@Module({})
export class AppModule {
  static with(options: PlatformOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(options),
        AuditModule,
        ProgrammesModule,
        IdentityModule,
        CaseloadsModule,
        AgendaModule,
        PathwaysModule,
        DocumentsModule,
        ParticipantsModule,
        DisclosureModule,
        EmployersModule,
        ActivitiesModule,
        AssessmentsModule,
        PlansModule,
        AgreementsModule,
        EmploymentAdviceModule,
        PlacementsModule,
        AccommodationsModule,
        RetentionModule,
        DeskModule,
        ImportsModule,
        IndicatorsModule,
      ],
      controllers: PLATFORM_ROUTES,
      providers: CHAIN,
    };
  }
}
