import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor, Public } from '../../../platform/access/can';
import { Input } from '../../../platform/web/input';
import { KeptForms } from '../../../platform/web/kept-forms';
import { Form, NoUnit, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { PASSWORD } from '../limits';
import { SessionCookies } from '../sessions/session-cookies';
import { SessionsService } from '../sessions/sessions.service';
import { Authenticator } from './authenticator';
import { LinksService } from './links.service';
import { PasswordService } from './password.service';
import { safePath } from './safe-path';
import { ChangePassword, SetPassword, SignIn } from './sign-in.dto';
import { SignInService, type Refused } from './sign-in.service';

type Params = Record<string, string>;

/** Signing in and passwords. No unit of work around them: their service opens short ones, because hashing takes its time. */
@ApiExcludeController()
@Controller()
export class SignInPages {
  constructor(
    private readonly signIns: SignInService,
    private readonly authenticator: Authenticator,
    private readonly passwords: PasswordService,
    private readonly links: LinksService,
    private readonly cookies: SessionCookies,
    private readonly sessions: SessionsService,
    private readonly kept: KeptForms,
  ) {}

  @Get('sign-in')
  @Public()
  @NoUnit()
  @Page('identity/sign-in', { layout: 'portal' })
  open(@CurrentActor() actor: Actor, @Req() request: Request): object {
    // No filter that refuses: whatever stands in the address, one may sign in.
    const to = safePath(request.query.to);
    return actor.id ? redirect(to) : this.form({ email: null, to }, null);
  }

  @Post('sign-in')
  @HttpCode(200)
  @Public()
  @NoUnit()
  @Page('identity/sign-in', { layout: 'portal' })
  @Form('identity/sign-in', 'again')
  async signIn(@Input(SignIn) { email, to, kept }: SignIn, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<object> {
    const proved = await this.authenticator.by('password', request, response);
    const outcome = proved.kind === 'proved' ? await this.signIns.open(proved, this.authenticator.originOf(request)) : proved;
    if (outcome.kind !== 'opened') return this.refused(outcome, email, { to, kept }, response);
    this.cookies.open(response, outcome.session);
    this.cookies.remember(response, outcome.browser);
    return kept === undefined ? redirect(safePath(to)) : this.giveBack(kept, outcome.session, request);
  }

  @Get('welcome/:token')
  @Public()
  @NoUnit()
  @Page('identity/welcome', { layout: 'portal' })
  async welcome(@CurrentActor() actor: Actor, @Param('token') token: string): Promise<object> {
    await this.links.check(token);
    return this.welcomeForm(actor, { token });
  }

  @Post('welcome/:token')
  @Public()
  @NoUnit()
  @Form('identity/welcome', 'welcomeForm')
  async setPassword(@Param('token') token: string, @Input(SetPassword) { newPassword }: SetPassword): Promise<Redirect> {
    await this.links.use(token, newPassword);
    return redirect('/sign-in', 'identity.notice.password-set');
  }

  @Get('password')
  @Can('password.own')
  @Page('identity/password')
  openPassword(): object {
    return this.passwordForm();
  }

  @Post('password')
  @Can('password.own')
  @NoUnit()
  @Form('identity/password', 'passwordForm')
  async changePassword(
    @CurrentActor() actor: Actor, @Input(ChangePassword) { currentPassword, newPassword }: ChangePassword, @Req() request: Request, @Res({ passthrough: true }) response: Response,
  ): Promise<Redirect> {
    this.cookies.open(response, await this.passwords.change(actor, currentPassword, newPassword, request.get('user-agent') ?? ''));
    return redirect('/sessions', 'identity.notice.password-changed');
  }

  /** The form again after input that makes no sense; where to go then is read from what was sent. */
  again(): Promise<object> {
    return Promise.resolve(this.form({ email: null, to: '/' }, null));
  }

  welcomeForm(_: Actor, { token }: Params): Promise<object> {
    return Promise.resolve({ path: `/welcome/${token}`, form: blankForm(), shortest: PASSWORD.shortest });
  }

  passwordForm(): Promise<object> {
    return Promise.resolve({ form: blankForm(), shortest: PASSWORD.shortest });
  }

  /** Returned and not thrown, so that the page is the form. */
  private refused({ kind, seconds }: Refused, email: string, { to, kept }: Pick<SignIn, 'to' | 'kept'>, response: Response): object {
    response.status(kind === 'throttled' ? 429 : 401);
    if (kind === 'throttled') response.set('Retry-After', String(seconds));
    return this.form({ email, to: safePath(to), kept }, { kind, seconds });
  }

  /** A page and no redirect: what was written stands in no address and in no cookie. Its form is already one of the new session; nobody else's is given. */
  private async giveBack(kept: string, session: string, request: Request): Promise<object> {
    const form = this.kept.open(kept);
    const actor = form && await this.sessions.resume(session);
    if (!form || !actor || !(await this.sessions.opened(actor, form))) return redirect('/', 'identity.notice.not-given-back');
    request.actor = actor;
    return { form: blankForm(), refusal: null, givenBack: form };
  }

  private form(values: { email: string | null; to: string; kept?: string }, refusal: Refused | null): object {
    return { form: blankForm(values), refusal, givenBack: null };
  }
}
