import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock } from '../clock';
import { newId } from '../id';
import { faultWords, type FieldFault, type Problem } from '../problem';
import type { ShownField } from '../views/helpers';
import { Views } from '../views/views';
import { Words } from '../views/words';
import type { Shell } from '../views/shell';
import { CsrfGuard } from './csrf';
import { languageOf } from './language';
import { Notices } from './notice';

export interface FormError {
  path: string;
  message: string;
}
/** What a form's template gets: what was typed, and what is wrong with it. A new form has neither. */
export interface FormState {
  values: Record<string, unknown>;
  errors: FormError[];
  /** Set when somebody else changed the record meanwhile: field, what is there now, what was sent, all in words. */
  conflict: { field: string; now: string; sent: string }[] | null;
}

/** A form that nobody has sent yet, with the values it opens with. */
export function blankForm(values: Record<string, unknown> = {}): FormState {
  return { values, errors: [], conflict: null };
}

/** Renders a template inside the page's frame. */
@Injectable()
export class Pages {
  constructor(
    private readonly views: Views,
    private readonly words: Words,
    private readonly csrf: CsrfGuard,
    private readonly clock: Clock,
    private readonly notices: Notices,
  ) {}

  render(template: string, model: object, request: Request, response: Response, layout: 'app' | 'portal' = 'app'): string {
    const html = this.views.render(template, model, this.shell(request, response, layout));
    response.vary('Cookie');
    return html;
  }

  /** The refused form's state (a filter's stands in the address): what was typed stays, except secrets; each error in the reader's language. */
  refused(problem: Problem, template: string, request: Request): FormState {
    const language = languageOf(request);
    const { values } = this.typed(request);
    const module = template.split('/')[0]!;
    const errors = problem.fields.map((one) => this.message(one, module, language));
    if (errors.length === 0) errors.push({ path: '', message: this.words.say(language, `problem.${problem.code}.detail`, problem.values) });
    if (problem.code !== 'edited-meanwhile') return { values, errors, conflict: null };
    return { values: { ...values, version: problem.details.version }, errors, conflict: null };
  }

  /**
   * The form that lost against somebody else's edit, beside the same form as it opens now: each field that differs, as the page shows it, whoever changed it.
   * A form that opens with nothing of the record (a withdrawal, say) has no two values: the page shows the record as it is now.
   */
  beside(template: string, model: { form: FormState }, lost: FormState, request: Request, response: Response): FormState {
    const shell = this.shell(request, response, 'app');
    const fieldsOf = (form: FormState): Map<string, ShownField> => this.views.fields(template, { ...model, form }, shell);
    const opens = Object.keys(model.form.values);
    const [now, sent] = [fieldsOf(model.form), fieldsOf(lost)];
    if (![...now.keys()].some((name) => opens.some((one) => one === name || one.startsWith(`${name}-`) || one.startsWith(`${name.split('.')[0]}.`)))) {
      return { ...lost, errors: [{ path: '', message: this.words.say(shell.language, 'platform.conflict.act') }] };
    }
    const all = new Map([...sent, ...now]);
    const differing = [...all].filter(([name]) => (now.get(name)?.value ?? '') !== (sent.get(name)?.value ?? ''));
    return { ...lost, conflict: differing.map(([name, { label }]) => ({ field: label, now: now.get(name)?.value ?? '', sent: sent.get(name)?.value ?? '' })) };
  }

  /** A form as it was typed, except secrets, without a word about it. */
  typed(request: Request): FormState {
    const typed = (request.method === 'GET' ? request.query : request.body ?? {}) as Record<string, unknown>;
    return blankForm(Object.fromEntries(Object.entries(typed).filter(([name]) => !name.startsWith('_') && !/password/i.test(name))));
  }

  private message(fault: FieldFault, module: string, language: Shell['language']): FormError {
    const label = this.label(module, fault.path, language);
    return { path: fault.path, message: this.words.say(language, faultWords(fault), { ...fault.values, label }) };
  }

  private label(module: string, path: string, language: Shell['language']): string {
    const key = `${module}.field.${path.replace(/\.\d+\./g, '.')}`;
    return this.words.has(key) ? this.words.say(language, key, {}) : path;
  }

  private shell(request: Request, response: Response, layout: 'app' | 'portal'): Shell {
    const actor = request.actor;
    const timeZone = actor?.timeZone ?? 'UTC';
    return {
      layout: actor?.id ? layout : 'portal',
      language: languageOf(request),
      path: request.originalUrl,
      user: actor?.id ? { name: actor.name, role: actor.role } : null,
      place: actor?.place ?? null,
      navigation: request.navigation ?? [],
      token: this.csrf.tokenFor(request, response),
      key: newId(),
      quickContact: actor?.role === 'coach' || actor?.role === 'manager',
      notice: this.notices.take(request, response),
      requestId: request.id ?? '',
      today: this.clock.today(timeZone),
      timeZone,
    };
  }
}
