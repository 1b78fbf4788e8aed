import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiParam, ApiQuery } from '@nestjs/swagger';
import type { Request } from 'express';
import { faultsOf, fieldsOf, fromForm, fromJson } from './fields';
import { walk } from './walker';
import { isId } from '../id';
import { notFound, Problem, unprocessable } from '../problem';

type Class<T = object> = new () => T;

/** The class of the filter that a handler takes from its address. */
export const FILTER = 'jalon:filter';

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
  try {
    return checked(fromForm(type, query), request);
  } catch (refused) {
    // A form is sent from an address with fields of its own: what is wrong there is in none of the fields that the sender sees.
    throw refused instanceof Problem && request.method !== 'GET' && !request.is('application/json') ? unprocessable('bad-filter') : refused;
  }
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
  return describing(readFilter(type), SetMetadata(FILTER, type), ...queries);
}

/** What an address asks for that makes sense, without the rest: for a form that is shown again, whatever it was refused for. */
export function soundFilter(type: Class, query: Record<string, unknown>): object {
  const filter = fromForm(type, query);
  const wrong = new Set(faultsOf(filter).map(({ path }) => path.split('.')[0]!));
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !wrong.has(name)));
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
