import { hostname } from 'node:os';
import type { Connection } from '../db/connection.ts';
import { BEAT_SECONDS, type Instance, sayGone, sayPresent } from '../db/instances.ts';
import type { Log } from '../kit/log.ts';
import type { Role } from '../kit/role.ts';
import type { Now } from '../ports/now.ts';
import type { Scheduler } from './schedule.ts';

export interface PresenceParts {
  connection: Connection;
  id: string;
  role: Role;
  /** What tells whether two processes have the same secrets. */
  secretsPrint: string;
  configVersion: () => string;
  /** Takes over what other processes read from the base or learned. */
  catchUp: () => Promise<void>;
  schedule: Scheduler;
  now: Now;
  log: Log;
}

/** Lets the processes that share a database know of each other, and of what the others found. */
export interface Presence {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** On the embedded database nobody else is there, and an idle desk leaves its disk alone: nothing is said. */
export function createPresence(parts: PresenceParts): Presence {
  const { connection, now, log } = parts;
  const startedAt = now();
  let unschedule = () => {};

  async function beat(): Promise<void> {
    try {
      await sayPresent(connection.queries, instanceOf(parts, startedAt));
      await parts.catchUp();
    } catch (error) {
      log.error({ err: error }, 'this process could not say that it is there');
    }
  }

  return {
    async start() {
      if (connection.engine !== 'postgres') return;
      await beat();
      const cron = `*/${BEAT_SECONDS} * * * * *`;
      unschedule = parts.schedule({ name: 'presence', cron, timeZone: 'UTC', work: beat });
    },
    async stop() {
      unschedule();
      if (connection.engine === 'postgres') await sayGone(connection.queries, parts.id);
    },
  };
}

function instanceOf(parts: PresenceParts, startedAt: Temporal.Instant): Instance {
  const { id, role, secretsPrint, configVersion, now } = parts;
  return {
    id,
    role,
    host: hostname(),
    pid: process.pid,
    secretsPrint,
    configVersion: configVersion(),
    startedAt,
    seenAt: now(),
  };
}
