import type { Router } from 'express';
import type { LiveConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import type { Inbox } from '../inbox/index.ts';
import type { Log } from '../kit/log.ts';
import type { Metrics } from '../kit/metrics.ts';
import type { Now } from '../ports/now.ts';

/** What the app is made of. */
export interface HttpParts {
  inbox: Inbox;
  config: LiveConfig;
  connection: Connection;
  /** The console's pages; asked after everything else. */
  consoleRouter: Router;
  /** Opens the API. */
  token: string;
  /** Requests that were sent to the base this month, and how many the plan allows; null when nobody counts. */
  requestsSpent: () => { count: number; allowed: number | null } | null;
  now: Now;
  log: Log;
  metrics: Metrics;
}
