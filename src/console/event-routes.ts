import type { Router } from 'express';
import express from 'express';
import type { AuditAct } from '../domain/audit.ts';
import { latestEvents, readSubscriptions } from './event-rows.ts';
import { eventsMain, subscriptionMain } from './events-page.ts';
import type { ConsoleParts } from './parts.ts';
import { NOT_FOUND } from './refusal-pages.ts';
import type { Door, FormVisit, Visit } from './visit.ts';

/** Systems that follow tickets: how they stand, and what they were told. */
export function eventRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  const { connection, events } = parts;
  router.get(
    '/events',
    door.page(async (visit) => {
      const all = await readSubscriptions(connection.queries, visit.config.subscriptions);
      const { timeZone } = visit.config.policy.desk;
      visit.show({ title: 'Events', place: 'health', main: eventsMain(all, { now: visit.now, timeZone }) });
    }),
  );
  router.get(
    '/events/:name',
    door.page((visit) => showSubscription(visit, parts)),
  );
  const act = (path: string, noted: AuditAct, work: (visit: FormVisit, name: string) => Promise<string | undefined>) =>
    router.post(
      `/events/:name/${path}`,
      door.form(
        async (visit) => {
          const name = visit.part('name');
          if (!isKnown(visit, name)) return visit.refuse(NOT_FOUND);
          return visit.goTo(`/events/${name}`, await work(visit, name));
        },
        { act: noted },
      ),
    );
  act('test', 'subscription_tested', async (_visit, name) => ((await events.test(name)) ? 'event_tested' : undefined));
  act('again', 'event_sent_again', async ({ form }) => {
    await events.again(form.get('id'));
    return 'event_again';
  });
  act('off', 'subscription_off', async ({ person }, name) => {
    await events.switchOff(name, person);
    return 'subscription_off';
  });
  act('on', 'subscription_on', async ({ form }, name) => {
    await events.switchOn(name, form.get('kept') === 'leave_out' ? 'leave_out' : 'send');
    return 'subscription_on';
  });
  return router;
}

function isKnown({ config }: Visit, name: string): boolean {
  return config.subscriptions.some((each) => each.name === name);
}

async function showSubscription(visit: Visit, { connection }: ConsoleParts): Promise<void> {
  const name = visit.part('name');
  const found = visit.config.subscriptions.filter((each) => each.name === name);
  const [state] = await readSubscriptions(connection.queries, found);
  if (state === undefined) return visit.refuse(NOT_FOUND);
  const main = subscriptionMain({
    state,
    latest: await latestEvents(connection.queries, name),
    desk: visit.config.policy.desk,
    access: visit.access,
    csrfToken: visit.session.csrfToken,
  });
  return visit.show({ title: name, place: 'health', main });
}
