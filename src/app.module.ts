import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type PlatformOptions } from './platform/platform.module';
import { CHAIN, PLATFORM_ROUTES } from './platform/web/chain';
import { AuditModule } from './modules/audit';
import { ProgrammesModule } from './modules/programmes';
import { IdentityModule } from './modules/identity';
import { CaseloadsModule } from './modules/caseloads';
import { AgendaModule } from './modules/agenda';
import { PathwaysModule } from './modules/pathways';
import { ParticipantsModule } from './modules/participants';
import { ActivitiesModule } from './modules/activities';
import { DeskModule } from './modules/desk';

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
        ParticipantsModule,
        ActivitiesModule,
        DeskModule,
      ],
      controllers: PLATFORM_ROUTES,
      providers: CHAIN,
    };
  }
}
