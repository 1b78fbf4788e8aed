import { Injectable, StreamableFile, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { catchError, concatMap, from, map, of, throwError, type Observable } from 'rxjs';
import type { Actor } from '../access/actor';
import { Database } from '../database/database';
import { isId } from '../id';
import { notFound, Problem } from '../problem';
import { FILTER, soundFilter } from './input';
import { takesUp } from './kept-forms';
import { Navigation } from './navigation';
import { Notices } from './notice';
import { Created, Download, FORM, PAGE, Redirect, type FormMark, type PageMark } from './page';
import { Pages, type FormState } from './pages';
import { walk } from './walker';

type Builder = (actor: Actor, params: Record<string, string>, query: object, state: FormState) => Promise<object>;

/** Parameters of addresses that are words and not ids. */
const WORDS = new Set(['key', 'token']);

/** Answers: pages rendered after the commit from plain data, redirects, 201, downloads; and a refused form shown again. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
    private readonly database: Database,
    private readonly navigation: Navigation,
    private readonly pages: Pages,
    private readonly notices: Notices,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const page = this.reflector.get<PageMark | undefined>(PAGE, context.getHandler());
    const form = this.reflector.get<FormMark | undefined>(FORM, context.getHandler());
    if (form && takesUp(request)) {
      walk(request.body);
      return from(this.again(context, form, null, request, response)).pipe(map(({ html }) => html));
    }
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (!form || !(error instanceof Problem) || (error.status !== 422 && error.status !== 409)) return throwError(() => error);
        return from(this.again(context, form, error, request, response));
      }),
      concatMap((result: unknown) => this.answer(result, page, request, response)),
    );
  }

  private answer(result: unknown, page: PageMark | undefined, request: Request, response: Response): Observable<unknown> {
    if (result instanceof Rendered) return of(result.html);
    if (result instanceof Redirect) {
      this.notices.leave(request, response, result.notice);
      response.status(303).location(result.to);
      return of('');
    }
    if (result instanceof Created) {
      response.status(201).location(result.location);
      return of(result.body);
    }
    if (result instanceof Download) {
      response.type(result.type).attachment(result.name);
      if (typeof result.content === 'string') return of(result.content);
      // Somebody else made it: should a browser open it all the same, nothing in it runs.
      response.set('Content-Security-Policy', "sandbox; default-src 'none'");
      return of(new StreamableFile(result.content));
    }
    if (!page) return of(result);
    response.type('html');
    return of(this.pages.render(page.template, result as object, request, response, page.layout));
  }

  private async again(context: ExecutionContext, form: FormMark, problem: Problem | null, request: Request, response: Response): Promise<Rendered> {
    // The id in the address may be no id: the body was judged first, and a form about nothing is not shown.
    for (const [name, value] of Object.entries(request.params)) if (!WORDS.has(name) && !isId(value)) throw notFound();
    const controller = this.modules.get<Record<string, Builder>>(context.getClass(), { strict: false });
    const actor = request.actor!;
    const state = problem ? this.pages.refused(problem, form.template, request) : this.pages.typed(request);
    const filter = this.reflector.get<(new () => object) | undefined>(FILTER, context.getHandler());
    const query = filter ? soundFilter(filter, request.query) : {};
    const model = await this.database.read(actor, async () => {
      const built = await controller[form.model]!(actor, request.params as Record<string, string>, query, state);
      if (actor.id) request.navigation = await this.navigation.of(actor);
      return built;
    });
    const shown = problem?.code === 'edited-meanwhile' ? this.pages.beside(form.template, model as { form: FormState }, state, request, response) : state;
    response.status(problem?.status ?? 200).type('html');
    return new Rendered(this.pages.render(form.template, { ...model, form: shown }, request, response));
  }
}

class Rendered {
  constructor(readonly html: string) {}
}
