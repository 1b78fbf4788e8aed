import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Nobody has asked for a second: whoever sends people here has seen that this process goes. */
const QUIET = 1_000;
/** Who still asks after this does not look at /readyz, or cannot send people elsewhere. */
const LONGEST = 10_000;
/** Asked by what watches, whoever is served. */
const WATCHING = ['/healthz', '/readyz'];

/** Set when the process has been asked to stop: it says so, serves who still comes, and leaves when nobody does. */
@Injectable()
export class Draining {
  begun = false;
  private lastAsked = -Infinity;

  /** Keeps in mind when somebody last asked, and lets go of each connection with its answer once the process leaves. */
  watch(server: Server): void {
    server.prependListener('request', (request, response) => {
      if (!WATCHING.includes(request.url ?? '')) this.lastAsked = performance.now();
      if (this.begun) response.setHeader('Connection', 'close');
    });
  }

  /**
   * Begins, and waits while people still come: a door that shut at once would turn away those who stand in it, whose requests the system
   * has taken and this process has not seen.
   */
  async begin(): Promise<void> {
    this.begun = true;
    const began = performance.now();
    while (performance.now() - this.lastAsked < QUIET && performance.now() - began < LONGEST) await wait(50);
  }
}
