import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { READS } from '../access/can';
import { Database } from '../database/database';
import { Navigation } from './navigation';
import { NO_UNIT, PAGE, Redirect } from './page';
import { Repeats } from './repeats';
import { walk } from './walker';

/** One unit of work a request: reading for GET, HEAD and a POST that only looks for something, writing otherwise. The page's navigation is asked in the same unit. */
@Injectable()
export class UnitOfWorkInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly repeats: Repeats,
    private readonly navigation: Navigation,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (this.reflector.get<boolean>(NO_UNIT, context.getHandler())) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const actor = request.actor!;
    const handle = (): Promise<unknown> => lastValueFrom(next.handle() as Observable<unknown>, { defaultValue: undefined });
    walk(request.query);
    const isPage = this.reflector.get<object | undefined>(PAGE, context.getHandler()) !== undefined;
    const framed = async (result: unknown): Promise<unknown> => {
      if (isPage && !(result instanceof Redirect) && actor.id) request.navigation = await this.navigation.of(actor);
      return result;
    };
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads) walk(request.body);
    if (reads || this.reflector.get<boolean>(READS, context.getHandler())) return from(this.database.read(actor, async () => framed(await handle())));
    // A search by POST answers with a page of its own: what is looked for stands in no address.
    return from(this.database.write(actor, async () => framed(await this.repeats.once(actor, request, handle))));
  }
}
