import type { LoadedConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import type { SwitchedOff } from '../domain/ticket-event.ts';
import type { Ask } from '../kit/connector.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';

/** What telling other systems is made of. */
export interface EventsParts {
  connection: Connection;
  config: { current(): Pick<LoadedConfig, 'subscriptions' | 'shadow'> };
  /** Asks the receivers. */
  ask: Ask;
  /** Lets the team know. */
  tell(off: SwitchedOff): Promise<void>;
  newId: (at: Temporal.Instant) => string;
  pause: (milliseconds: number) => Promise<void>;
  now: Now;
  log: Log;
}
