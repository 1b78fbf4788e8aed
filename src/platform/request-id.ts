import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/** Runs `work` and all that it starts as part of this request. */
export function withinRequest(id: string, work: () => void): void {
  requests.run(id, work);
}

/** The request that this runs for; null in commands and jobs. */
export function currentRequestId(): string | null {
  return requests.getStore() ?? null;
}

/** Runs `work` as part of no request: it goes on after the answer, by rights that last as long as a job's. */
export function outsideRequests<T>(work: () => T): T {
  return requests.exit(work);
}
