import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Day } from '../days';
import type { Actor } from './actor';

export const RIGHT = 'jalon:right';
export const PUBLIC = 'public';
export const READS = 'jalon:reads';

/** The right that a handler asks for, `noun.verb`. Which role holds it stands in identity/rights.ts alone. */
export const Can = (right: string): MethodDecorator & ClassDecorator => SetMetadata(RIGHT, right);

/** A POST that only reads: what is looked for stands in no address. Its unit of work cannot write, and a token that only reads may call it. */
export const Reads = (): MethodDecorator => SetMetadata(READS, true);

/** Open to everybody, signed in or not. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(RIGHT, PUBLIC);

declare module 'express-serve-static-core' {
  interface Request {
    actor?: Actor;
    /** The day at the actor's place. */
    today?: Day;
    id?: string;
  }
}

/** Who asks. The guard has put it there. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<Request>();
  if (!actor) throw new Error('no actor: the access guard did not run');
  return actor;
});
