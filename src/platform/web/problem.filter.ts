import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { Actor } from '../access/actor';
import { ActorSource, Refusals } from '../access/sources';
import { Database } from '../database/database';
import { faultWords, Problem } from '../problem';
import { Words } from '../views/words';
import { Log } from '../log';
import { problemOfDatabase } from '../database/sqlstate';
import { KeptForms } from './kept-forms';
import { languageOf } from './language';
import { methodsOf } from './methods';
import { Navigation } from './navigation';
import { Notices } from './notice';
import { Pages } from './pages';
import { typedIn } from './uploads';

const CODES: Record<number, string> = {
  400: 'bad-request', 401: 'sign-in-needed', 403: 'forbidden', 404: 'not-found', 405: 'method-not-allowed', 406: 'not-acceptable', 408: 'too-slow',
  413: 'too-large', 414: 'too-large', 415: 'unsupported-content', 422: 'bad-input', 429: 'too-many-requests', 431: 'too-large', 503: 'unavailable',
};

/** Every refusal leaves by this door: a problem document for the API, a page for a person; details of the fault go nowhere but the log, without data. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly database: Database,
    private readonly source: ActorSource,
    private readonly refusals: Refusals,
    private readonly navigation: Navigation,
    private readonly pages: Pages,
    private readonly kept: KeptForms,
    private readonly notices: Notices,
    private readonly words: Words,
    @Log() private readonly logger: Logger,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    let problem = await this.readyToTell(this.problemOf(error, request), request);
    const methods = problem.status === 404 && !request.route ? methodsOf(request) : [];
    if (methods.length) {
      response.set('Allow', methods.join(', '));
      problem = new Problem(405, 'method-not-allowed');
    }
    if (response.headersSent) {
      response.end();
      return;
    }
    await this.trace(problem, request);
    if (problem.status === 503) response.set('Retry-After', '2');
    if (problem.status === 429) response.set('Retry-After', String(Number(problem.values.seconds ?? 60)));
    try {
      if (wantsJson(request)) this.json(problem, request, response);
      else await this.page(problem, request, response);
    } catch (second) {
      // Drawing the refusal failed as well: an answer without words beats none.
      this.logger.error({ requestId: request.id, name: (second as Error).name, stack: stackOf(second) }, 'a refusal could not be drawn');
      if (!response.headersSent) response.status(500).type('text').send('500');
    }
  }

  private async readyToTell(problem: Problem, request: Request): Promise<Problem> {
    try {
      await problem.first?.();
      return problem;
    } catch (fault) {
      return this.problemOf(fault, request);
    }
  }

  private problemOf(error: unknown, request: Request): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof HttpException) return new Problem(error.getStatus(), CODES[error.getStatus()] ?? 'bad-request');
    const fromParser = (error as { status?: unknown; expose?: unknown }).status;
    if (typeof fromParser === 'number' && fromParser >= 400 && fromParser < 500) return new Problem(fromParser, CODES[fromParser] ?? 'bad-request');
    const known = problemOfDatabase(error);
    if (known && known.status !== 500) {
      this.logger.warn({ requestId: request.id, sqlstate: (error as { code?: string }).code, code: known.code }, 'the database refused');
      return known;
    }
    // The message of a database's error may hold a person's values: only its class, its state and where it happened are kept.
    const shown = known ? { name: (error as Error).name, sqlstate: (error as { code?: string }).code } : { name: (error as Error).name, message: (error as Error).message };
    this.logger.error({ requestId: request.id, ...shown, stack: stackOf(error) }, 'a fault');
    return new Problem(500, 'internal');
  }

  private async trace(problem: Problem, request: Request): Promise<void> {
    const scoped = problem.status === 403 || (problem.status === 404 && request.route !== undefined);
    if (!scoped || !request.actor) return;
    try {
      await this.refusals.record(request.actor, `${request.method} ${String((request.route as { path?: string } | undefined)?.path ?? '')}`, request.path, problem.code);
    } catch {
      this.logger.error({ requestId: request.id }, 'a refusal could not be recorded');
    }
  }

  private json(problem: Problem, request: Request, response: Response): void {
    const language = languageOf(request);
    const body = {
      type: `/problems/${problem.code}`,
      title: this.words.say(language, `problem.${problem.code}.title`, problem.values),
      status: problem.status,
      detail: this.words.say(language, `problem.${problem.code}.detail`, problem.values),
      instance: request.id ?? null,
      code: problem.code,
      ...(problem.fields.length
        ? { errors: problem.fields.map((one) => ({ field: one.path, code: one.code, message: this.words.say(language, faultWords(one), { ...one.values, label: one.path }) })) }
        : {}),
      ...problem.detailsFor(request.commandFields ?? []),
    };
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(body));
  }

  /** The page that gives back what was written in a form whose session has ended. */
  private async givenBack(request: Request): Promise<{ template: string; model: object } | null> {
    // Of a form with a file its words are kept, as of any other; the file is chosen again.
    if (request.hasForm && !request.upload && request.is('multipart/form-data')) request.body = await typedIn(request);
    const form = this.kept.sent(request);
    return form && this.source.givesBack(request, form);
  }

  private async page(problem: Problem, request: Request, response: Response): Promise<void> {
    const kept = problem.code === 'sign-in-needed' || problem.code === 'form-too-old' ? await this.givenBack(request) : null;
    if (kept) {
      this.notices.drop(response);
      response.status(problem.status).type('html').send(this.pages.render(kept.template, kept.model, request, response));
      return;
    }
    if (problem.status === 401) {
      response.status(303).location(`/sign-in?to=${encodeURIComponent(request.method === 'GET' ? request.originalUrl : '/')}`).end();
      return;
    }
    // Where there is no route the guard has asked nobody; who is signed in stays in their own frame. A database that is away is not asked a second time.
    const away = problem.code === 'unavailable';
    const actor = request.actor ??= away ? Actor.anonymous() : await this.source.actorOf(request).catch(() => Actor.anonymous());
    if (actor.id && !request.navigation && !away) request.navigation = await this.database.read(actor, () => this.navigation.of(actor)).catch(() => []);
    // An address that asks for what there is not is no form with faults in it.
    const code = problem.code === 'invalid' && request.method === 'GET' ? 'bad-filter' : problem.code;
    const model = { status: problem.status, code, bare: request.path, values: problem.values, details: problem.details, errors: this.pages.refused(problem, 'problems/problem', request).errors, requestId: request.id ?? '' };
    response.status(problem.status).type('html').send(this.pages.render('problems/problem', model, request, response));
  }
}

function wantsJson(request: Request): boolean {
  return request.path.startsWith('/api/') || Boolean(request.is('application/json'));
}

/** Where, without what: the frames of the stack, not its first lines, which repeat the message. */
function stackOf(error: unknown): string[] {
  return ((error as Error).stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).map((line) => line.trim());
}
