import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Day } from '../days';
import type { Actor } from './actor';

export const RIGHT = 'jalon:right';
export const PUBLIC = 'public';

/** The right that a handler asks for, `noun.verb`. Which role holds it stands in identity/rights.ts alone. */
export const Can = (right: string): MethodDecorator & ClassDecorator => SetMetadata(RIGHT, right);

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
