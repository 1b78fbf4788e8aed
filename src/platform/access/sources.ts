import type { Request } from 'express';
import type { KeptForm } from '../web/kept-forms';
import type { Actor, Role } from './actor';

/** Finds who asks: from the session's cookie, a token, or nobody. Identity provides it. */
export abstract class ActorSource {
  abstract actorOf(request: Request): Promise<Actor>;

  /** The page that gives back a form whose session has ended: at once to who wrote it and is signed in again, else once they have signed in. Null: nobody gets it. */
  abstract givesBack(request: Request, form: KeptForm): Promise<{ template: string; model: object } | null>;
}

/** Says what a role may. Identity provides it, from its one table. */
export abstract class Rights {
  abstract allows(role: Role, right: string): boolean;
}

/** Keeps a trace of what was refused, after the rollback. Audit provides it. */
export abstract class Refusals {
  abstract record(actor: Actor, right: string, subject: string, code: string): Promise<void>;
}
