import type { Request } from 'express';
import type { Actor, Role } from './actor';

/** Finds who asks: from the session's cookie, a token, or nobody. Identity provides it. */
export abstract class ActorSource {
  abstract actorOf(request: Request): Promise<Actor>;
}

/** Says what a role may. Identity provides it, from its one table. */
export abstract class Rights {
  abstract allows(role: Role, right: string): boolean;
}

/** Keeps a trace of what was refused, after the rollback. Audit provides it. */
export abstract class Refusals {
  abstract record(actor: Actor, right: string, subject: string, code: string): Promise<void>;
}
