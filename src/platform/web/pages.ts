import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock } from '../clock';
import { newId } from '../id';
import { faultWords, type FieldFault, type Problem, type Values } from '../problem';
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
  /** Set when somebody else changed the record meanwhile: field, what is there now, what was sent. */
  conflict: { field: string; now: unknown; sent: unknown }[] | null;
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
    const { now, sent, version } = problem.details as { now: Values; sent: Values; version: number };
    const changed = Object.keys(sent).filter((name) => JSON.stringify(now[name] ?? null) !== JSON.stringify(sent[name] ?? null));
    const conflict = changed.map((name) => ({ field: this.label(module, name, language), now: now[name] ?? null, sent: sent[name] ?? null }));
    return { values: { ...values, version }, errors, conflict };
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
