import { Injectable } from '@nestjs/common';
import { Actor } from './access/actor';
import { Database } from './database/database';

type EventClass<E> = abstract new (...args: never[]) => E;
interface Listener {
  of: EventClass<object>;
  purpose: string;
  hear: (event: object, system: Actor) => Promise<void>;
  concerns: (event: object) => boolean;
}

/**
 * What happened, told to later modules inside the same transaction, one after the other in the order of the modules.
 * A listener acts as the system, for the service of whoever acted, and does not publish: chains of events hide causes.
 */
@Injectable()
export class Events {
  private readonly listeners: Listener[] = [];

  constructor(private readonly database: Database) {}

  /** `purpose` names the system actor that the listener works as, and the audit shows. What does not concern it by the event's own word costs no change of actor. */
  subscribe<E extends object>(of: EventClass<E>, purpose: string, hear: (event: E, system: Actor) => Promise<void>, concerns: (event: E) => boolean = () => true): void {
    this.listeners.push({ of, purpose, hear: hear as Listener['hear'], concerns: concerns as Listener['concerns'] });
  }

  async publish(event: object): Promise<void> {
    const actor = this.database.actor();
    if (actor.role === 'system' && actor.listening) throw new Error(`${event.constructor.name} published by a listener`);
    for (const listener of this.listeners) {
      if (!(event instanceof listener.of) || !listener.concerns(event)) continue;
      const system = Actor.system(listener.purpose, actor.service, { onBehalfOf: actor.id, listening: true, zone: actor.timeZone });
      await this.database.as(system, () => listener.hear(event, system));
    }
  }
}
