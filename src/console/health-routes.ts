import type { Router } from 'express';
import express from 'express';
import { livingInstances } from '../db/instances.ts';
import { readRetention } from '../db/retention-mark.ts';
import { type ModelState, modelStanding } from '../knowledge/model/standing.ts';
import { rulesToReview } from '../reports/playbook/upkeep.ts';
import { channelsNow } from './channels-now.ts';
import { readSubscriptions } from './event-rows.ts';
import { healthMain } from './health-page.ts';
import { readHealth, readRawItem, ticketOfItem } from './health-rows.ts';
import { localPath } from './local-path.ts';
import type { ConsoleParts } from './parts.ts';
import { NOT_FOUND } from './refusal-pages.ts';
import type { Door, FormVisit, Visit } from './visit.ts';
import { readWays } from './ways-rows.ts';

/** How the desk is, and what to do about it. */
export function healthRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  const { pipeline } = parts;

  router.get(
    '/health',
    door.page((visit) => showHealth(visit, parts)),
  );
  router.get(
    '/inbox/:id/raw',
    door.page((visit) => sendRaw(visit, parts)),
  );
  router.post(
    '/outbox/retry',
    door.form((visit) => retryOutbox(visit, parts), { act: 'letter_retried', about: ['key'] }),
  );
  router.post(
    '/ways/test',
    door.form(
      async ({ form, goTo }) => {
        await parts.outbox.tryWay(form.get('way'), form.get('person'));
        return goTo('/health#ways', 'way_tried');
      },
      { act: 'way_tested', about: ['way'] },
    ),
  );
  router.post(
    '/addresses/reachable',
    door.form(
      async (visit) => {
        await pipeline.reachable(visit.form.get('address'), visit.person);
        return visit.goTo(localPath(visit.form.get('next')), 'reachable');
      },
      { act: 'address_reachable' },
    ),
  );
  addLostRoutes(router, parts, door);
  addBaseRoutes(router, parts, door);
  return router;
}

/** What becomes of requests that nobody could read. */
function addLostRoutes(router: Router, { pipeline, connection }: ConsoleParts, door: Door): void {
  router.post(
    '/inbox/:id/retry',
    door.form(
      async (visit) => {
        await pipeline.retryInbox(visit.part('id'));
        return visit.goTo('/health#lost', 'inbox_retried');
      },
      { act: 'request_retried' },
    ),
  );
  router.post(
    '/inbox/:id/insist',
    door.form(
      async (visit) => {
        await pipeline.insistInbox(visit.part('id'));
        const number = await ticketOfItem(connection.queries, visit.part('id'));
        return visit.goTo(number === null ? '/health#lost' : `/tickets/${number}`, 'inbox_insisted');
      },
      { act: 'request_insisted' },
    ),
  );
}

/** What a person sets going with the base. */
function addBaseRoutes(router: Router, { status, tables }: ConsoleParts, door: Door): void {
  router.post(
    '/base/write-refused',
    door.form(
      async (visit) => {
        const count = await status.base.writeRefused();
        return visit.goTo('/health#machine', count === 0 ? 'unchanged' : 'rows_retried');
      },
      { act: 'rows_written' },
    ),
  );
  router.post(
    '/base/tables',
    door.form(
      async (visit) => {
        await tables.lookSoon();
        return visit.goTo('/health#tables', 'tables_asked');
      },
      { act: 'tables_read' },
    ),
  );
  router.post(
    '/base/calls',
    door.form(
      async (visit) => {
        await status.base.openCalls();
        return visit.goTo('/health#calls', 'calls_opened');
      },
      { act: 'calls_opened' },
    ),
  );
}

async function showHealth(visit: Visit, parts: ConsoleParts): Promise<void> {
  const { connection, status, config, tables, team } = parts;
  const health = await readHealth(connection.queries, visit.config.version);
  const main = healthMain({
    health,
    rulesToReview: await rulesToReview(connection.queries),
    config: visit.config,
    refused: config.refused(),
    status,
    calls: await status.base.calls(),
    tables: await tables.state(),
    subscriptions: await readSubscriptions(connection.queries, visit.config.subscriptions),
    rowFindings: team.findings(),
    ways: await readWays(connection.queries, Object.keys(visit.config.ways)),
    learning: await parts.learning.state(),
    retention: await readRetention(connection.queries),
    model: await modelState(visit, parts),
    channels: await channelsNow(Object.values(visit.config.channels), parts),
    database: { engine: connection.engine, place: connection.place },
    instances: await livingInstances(connection.queries, visit.now),
    access: visit.access,
    csrfToken: visit.session.csrfToken,
    now: visit.now,
  });
  visit.show({ title: 'Health', place: 'health', main });
}

async function modelState({ now, config }: Visit, { connection, model }: ConsoleParts): Promise<ModelState | null> {
  const current = model();
  if (current === null) return null;
  const today = now.toZonedDateTimeISO(config.policy.desk.timeZone).toPlainDate();
  const standing = await modelStanding(connection.queries, { model: current.name, today });
  return { ...standing, name: current.name, level: await current.level() };
}

/** The body of a stored request, to be saved and never shown: whatever it is, no browser runs it. */
async function sendRaw(visit: Visit, { connection }: ConsoleParts): Promise<void> {
  const body = await readRawItem(connection.queries, visit.part('id'));
  if (body === null) return visit.refuse(NOT_FOUND);
  visit.response
    .set({
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment; filename="request.bin"',
      'X-Content-Type-Options': 'nosniff',
    })
    .end(Buffer.from(body));
}

async function retryOutbox({ form, goTo }: FormVisit, { outbox }: ConsoleParts): Promise<void> {
  await outbox.retry(form.get('key'));
  const [path, anchor] = form.get('next').split('#', 2);
  goTo(`${localPath(path ?? '')}${anchor === 'dead' ? '#dead' : '#outgoing'}`, 'outbox_retried');
}
