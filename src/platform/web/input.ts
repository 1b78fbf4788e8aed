import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { faultsOf, fromForm, fromJson } from './fields';
import { isId } from '../id';
import { notFound, Problem, unprocessable } from '../problem';

type Class<T = object> = new () => T;

/** The command in the body, decoded from JSON or from a form, and valid; else a problem that names every wrong field. */
export const Input = createParamDecorator((type: Class, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<Request>();
  if (Array.isArray(request.body)) throw unprocessable('bad-input');
  return checked(request.is('application/json') ? fromJson(type, request.body) : fromForm(type, (request.body ?? {}) as Record<string, unknown>));
});

/** The filter in the query string. */
export const Filter = createParamDecorator((type: Class, context: ExecutionContext) => {
  const query = context.switchToHttp().getRequest<Request>().query as Record<string, unknown>;
  if (Object.keys(query).some((name) => name.startsWith('_'))) throw unprocessable('bad-input'); // forms alone have such names
  return checked(fromForm(type, query));
});

/** An id of the path. What is no id is nothing that anybody may see: 404, the same as a missing one. */
export const PathId = createParamDecorator((name: string, context: ExecutionContext): string => {
  const value: unknown = context.switchToHttp().getRequest<Request>().params[name];
  if (!isId(value)) throw notFound();
  return value;
});

function checked<T extends object>(instance: T): T {
  const faults = faultsOf(instance);
  if (faults.length) throw new Problem(422, 'invalid', { count: faults.length }, faults);
  return instance;
}
