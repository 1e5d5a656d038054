import express, { type Router } from 'express';
import { type DeskStatus, isReachable, readDeskStatus } from '../db/desk-status.ts';
import { unmannedRoles } from '../db/duties.ts';
import { livingInstances } from '../db/instances.ts';
import type { Reading } from '../kit/metrics.ts';
import { ROLES } from '../kit/role.ts';
import { sparing } from '../kit/sparing.ts';
import type { HttpParts } from './parts.ts';

/** What machines ask: does it live, can it work, and how is it. */
export function healthRouter(parts: HttpParts): Router {
  const { connection, now } = parts;
  // Machines ask all day, and with many open tickets each answer is a long count.
  const deskStatus = sparing(() => readDeskStatus(connection.queries, now()), now);
  parts.metrics.onRead(() => readings(parts, deskStatus));
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const [database, config] = [await isReachable(parts.connection.queries), hasConfig(parts)];
    const status = parts.leaving.hasBegun() ? 'stopping' : database && config ? 'ready' : 'not ready';
    response.status(status === 'ready' ? 200 : 503).json({
      status,
      database: database ? 'reachable' : 'not reachable',
      config: config ? 'in force' : 'none in force',
      role: parts.role,
    });
  });
  router.get('/metrics', async (_request, response) => {
    const { contentType, text } = await parts.metrics.text();
    response.set('Content-Type', contentType).send(text);
  });
  return router;
}

function hasConfig({ config }: HttpParts): boolean {
  try {
    return config.current().version !== '';
  } catch {
    return false;
  }
}

/** The figures of the tables. While the database is down there are none, and one that says so. */
async function readings(parts: HttpParts, deskStatus: () => Promise<DeskStatus>): Promise<readonly Reading[]> {
  const isRefused = parts.config.refused() !== null;
  const always = [
    reading('tabledesk_config_refused', '1 while the config on disk is refused and an older one is in force.', {
      value: isRefused ? 1 : 0,
    }),
    ...flushReadings(parts),
  ];
  try {
    const tables = tableReadings(await deskStatus());
    const up = reading('tabledesk_database_up', '1 while the database answers.', { value: 1 });
    return [...always, ...tables, ...(await instanceReadings(parts)), up];
  } catch {
    return [...always, reading('tabledesk_database_up', '1 while the database answers.', { value: 0 })];
  }
}

/** PGlite flushes from within this process, so its flushes can be counted; PostgreSQL has figures of its own. */
function flushReadings({ connection }: HttpParts): readonly Reading[] {
  const flushes = connection.flushes;
  if (flushes === undefined) return [];
  const help = 'Flushes to disk since the start, by what was flushed.';
  return [
    reading('tabledesk_flushes', help, { value: flushes.wal, labels: { what: 'wal' } }),
    reading('tabledesk_flushes', help, { value: flushes.data, labels: { what: 'data' } }),
  ];
}

/** On the embedded database there is one process, and whoever asks knows that it lives. */
async function instanceReadings({ connection, now }: HttpParts): Promise<readonly Reading[]> {
  if (connection.engine === 'pglite') return [];
  const roles = (await livingInstances(connection.queries, now())).map(({ role }) => role);
  const unmanned: readonly string[] = unmannedRoles(roles);
  return [
    ...ROLES.map((role) =>
      reading('tabledesk_instances', 'Processes that share the database, by role.', {
        value: roles.filter((each) => each === role).length,
        labels: { role },
      }),
    ),
    ...ROLES.filter((role) => role !== 'all').map((role) =>
      reading('tabledesk_role_unmanned', '1 while no process does the work of the role.', {
        value: unmanned.includes(role) ? 1 : 0,
        labels: { role },
      }),
    ),
  ];
}

function tableReadings({ inbox, outbox, events, sync, tickets, decisions }: DeskStatus): readonly Reading[] {
  const inboxHelp = 'Requests that are no ticket yet, or never became one, by state.';
  const outboxHelp = 'Messages and notices that have not left the house, by state.';
  const ticketHelp = 'Tickets on which work is expected.';
  return [
    reading('tabledesk_inbox_requests', inboxHelp, { value: inbox.waiting, labels: { state: 'waiting' } }),
    reading('tabledesk_inbox_requests', inboxHelp, { value: inbox.lost, labels: { state: 'lost' } }),
    reading('tabledesk_inbox_requests', inboxHelp, { value: inbox.ignored, labels: { state: 'ignored' } }),
    reading('tabledesk_inbox_age_seconds', 'Age of the oldest request that waits.', {
      value: inbox.oldestWaitingSeconds,
    }),
    reading('tabledesk_outbox_messages', outboxHelp, { value: outbox.waiting, labels: { state: 'waiting' } }),
    reading('tabledesk_outbox_messages', outboxHelp, { value: outbox.dead, labels: { state: 'dead' } }),
    reading('tabledesk_outbox_age_seconds', 'Age of the oldest message that waits.', {
      value: outbox.oldestWaitingSeconds,
    }),
    reading('tabledesk_events_waiting', 'Events that other systems are to be told.', { value: events.waiting }),
    reading('tabledesk_subscriptions_off', 'Subscriptions to events that are switched off.', {
      value: events.switchedOff,
    }),
    reading('tabledesk_sync_rows_waiting', 'Rows of the base that we owe a write.', { value: sync.waiting }),
    reading('tabledesk_sync_lag_seconds', 'Age of the oldest change that is not in the base.', {
      value: sync.lagSeconds,
    }),
    reading('tabledesk_sync_rows_refused', 'Rows that the base refused.', { value: sync.refused }),
    reading('tabledesk_tickets_open', ticketHelp, { value: tickets.open }),
    reading('tabledesk_tickets_in_review', 'Open tickets that wait for a person to say what they are.', {
      value: tickets.needsReview,
    }),
    reading('tabledesk_decisions', 'Decisions ever made.', { value: decisions }),
  ];
}

function reading(name: string, help: string, rest: Pick<Reading, 'value' | 'labels'>): Reading {
  return { name, help, ...rest };
}
