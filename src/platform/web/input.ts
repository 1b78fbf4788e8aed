import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiParam, ApiQuery } from '@nestjs/swagger';
import type { Request } from 'express';
import { faultsOf, fieldsOf, fromForm, fromJson } from './fields';
import { walk } from './walker';
import { isId } from '../id';
import { notFound, Problem, unprocessable } from '../problem';

type Class<T = object> = new () => T;

declare module 'express-serve-static-core' {
  interface Request {
    /** Names of the fields of the command that was sent. */
    commandFields?: string[];
  }
}

const readInput = createParamDecorator((type: Class, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<Request>();
  request.commandFields = fieldsOf(type).map(({ name }) => name);
  if (Array.isArray(request.body)) throw unprocessable('bad-input');
  walk(request.body);
  return checked(request.is('application/json') ? fromJson(type, request.body) : fromForm(type, (request.body ?? {}) as Record<string, unknown>), request);
});

const readFilter = createParamDecorator((type: Class, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<Request>();
  const query = request.query as Record<string, unknown>;
  if (Object.keys(query).some((name) => name.startsWith('_'))) throw unprocessable('bad-input'); // forms alone have such names
  return checked(fromForm(type, query), request);
});

/** The command in the body, decoded from JSON or from a form, and valid; else a problem that names every wrong field. */
export function Input(type: Class): ParameterDecorator {
  return describing(readInput(type), ApiBody({ type }));
}

/** The filter in the query string. */
export function Filter(type: Class): ParameterDecorator {
  const queries = fieldsOf(type).map(({ name, optional, list, kind }) => ApiQuery({
    name, required: !optional, type: kind === 'whole' ? Number : kind === 'flag' ? Boolean : String, ...(list ? { enum: [...list] } : {}), ...(kind === 'many' ? { isArray: true } : {}),
  }));
  return describing(readFilter(type), ...queries);
}

/** A parameter's decorator that describes the method's input to OpenAPI as well. */
function describing(read: ParameterDecorator, ...describe: MethodDecorator[]): ParameterDecorator {
  return (target, name, index) => {
    read(target, name, index);
    const method = Object.getOwnPropertyDescriptor(target, name!);
    if (method) for (const one of describe) one(target, name!, method);
  };
}

/** An id of the path. What is no id is nothing that anybody may see: 404, the same as a missing one. */
export function PathId(name: string): ParameterDecorator {
  return describing(readId(name), ApiParam({ name, type: String, format: 'uuid' }));
}

const readId = createParamDecorator((name: string, context: ExecutionContext): string => {
  const value: unknown = context.switchToHttp().getRequest<Request>().params[name];
  if (!isId(value)) throw notFound();
  return value;
});

function checked<T extends object>(instance: T, { today, actor }: Request): T {
  const faults = faultsOf(instance, { today: today ?? null, role: actor?.role ?? null });
  if (faults.length) throw new Problem(422, 'invalid', { count: faults.length }, faults);
  return instance;
}
