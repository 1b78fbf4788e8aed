import { SetMetadata } from '@nestjs/common';
import type { Notice } from './notice';

export const PAGE = 'jalon:page';
export const FORM = 'jalon:form';
export const NO_UNIT = 'jalon:no-unit';

export interface PageOptions {
  /** `app` for who is signed in, `portal` for who is not. */
  layout?: 'app' | 'portal';
}
export interface PageMark extends PageOptions {
  template: string;
}
export interface FormMark {
  template: string;
  model: string;
}

/** What the handler answers is the plain model of this template; it is rendered once the unit of work has committed. */
export const Page = (template: string, options: PageOptions = {}): MethodDecorator => SetMetadata(PAGE, { template, ...options });

/**
 * When the input of this handler is refused (422, or 409 edited-meanwhile), its form is shown again with what was typed and every error.
 * `model` names the method of the same controller that builds the form's model: `(actor, params, query, refused?) => model`; `refused` is the
 * form's state when it is shown again, for a model that depends on what was typed.
 */
export const Form = (template: string, model: string): MethodDecorator => SetMetadata(FORM, { template, model });

/** Outside any unit of work: health checks, static words. */
export const NoUnit = (): MethodDecorator => SetMetadata(NO_UNIT, true);

/** A successful POST of a page answers 303; `notice` is shown once on the next page: the key of its words, or more. */
export class Redirect {
  constructor(readonly to: string, readonly notice: string | Notice | null = null) {}
}
export function redirect(to: string, notice: string | Notice | null = null): Redirect {
  return new Redirect(to, notice);
}

/** A successful POST of the API that made something: 201, its address, its view. */
export class Created<T> {
  constructor(readonly location: string, readonly body: T) {}
}
export function created<T>(location: string, body: T): Created<T> {
  return new Created(location, body);
}

/** A file that the browser keeps: an export, or a document. */
export class Download {
  constructor(readonly name: string, readonly type: string, readonly content: string | Buffer) {}
}
