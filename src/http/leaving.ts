import type { RequestHandler } from 'express';

/** Says who may go on sending to a process that was told to stop: nobody who asks whether it is ready. */
export interface Leaving {
  hasBegun(): boolean;
  /** From now on `/readyz` says so. Resolves once those who ask it had the time to notice; all are served meanwhile. */
  begin(): Promise<void>;
}

export function createLeaving(graceSeconds: number, pause: (milliseconds: number) => Promise<void>): Leaving {
  const state = { hasBegun: false };
  return {
    hasBegun: () => state.hasBegun,
    async begin() {
      state.hasBegun = true;
      if (graceSeconds > 0) await pause(graceSeconds * 1000);
    },
  };
}

/** A connection that is kept would bring more, whatever `/readyz` says. Its next request goes to another process. */
export function endConnections({ hasBegun }: Pick<Leaving, 'hasBegun'>): RequestHandler {
  return (_request, response, next) => {
    if (hasBegun()) response.set('Connection', 'close');
    next();
  };
}
