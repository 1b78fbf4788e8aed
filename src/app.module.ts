import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './platform/access/access.guard';
import { PlatformModule, type PlatformOptions } from './platform/platform.module';
import { CsrfGuard } from './platform/web/csrf';
import { PageInterceptor } from './platform/web/page.interceptor';
import { ProblemFilter } from './platform/web/problem.filter';
import { UnitOfWorkInterceptor } from './platform/web/unit-of-work.interceptor';
import { PlatformPages } from './platform/web/platform.pages';
import { HealthController } from './platform/web/health';
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
      controllers: [PlatformPages, HealthController],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useExisting: CsrfGuard },
        { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
        { provide: APP_INTERCEPTOR, useClass: UnitOfWorkInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
