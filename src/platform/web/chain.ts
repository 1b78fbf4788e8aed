import type { Provider, Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from '../access/access.guard';
import { CsrfGuard } from './csrf';
import { HealthController } from './health';
import { PageInterceptor } from './page.interceptor';
import { PlatformPages } from './platform.pages';
import { ProblemFilter } from './problem.filter';
import { UnitOfWorkInterceptor } from './unit-of-work.interceptor';
import { UploadGuard } from './uploads';

/** What every request passes inside Nest, in this order: may this role · what came with a file · is it ours · answer · unit of work; and the door of every refusal. */
export const CHAIN: Provider[] = [
  { provide: APP_GUARD, useExisting: AccessGuard },
  AccessGuard,
  { provide: APP_GUARD, useClass: UploadGuard },
  { provide: APP_GUARD, useExisting: CsrfGuard },
  { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
  { provide: APP_INTERCEPTOR, useClass: UnitOfWorkInterceptor },
  { provide: APP_FILTER, useClass: ProblemFilter },
];

/** The platform's own routes. */
export const PLATFORM_ROUTES: Type[] = [PlatformPages, HealthController];
