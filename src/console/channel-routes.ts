import type { Router } from 'express';
import express from 'express';
import { channelMain } from './channel-page.ts';
import { latestRequests } from './channel-rows.ts';
import type { ConsoleParts } from './parts.ts';
import { reachedAt } from './reached-at.ts';
import { NOT_FOUND } from './refusal-pages.ts';
import type { Door } from './visit.ts';

/** A channel, for who sets it up: what to paste where, and what comes of it. */
export function channelRoutes({ connection, doors, status }: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/channels/:channel',
    door.page(async (visit) => {
      const { config, request } = visit;
      const name = visit.part('channel');
      const channel = Object.hasOwn(config.channels, name) ? config.channels[name] : undefined;
      if (channel === undefined) return visit.refuse(NOT_FOUND);
      const main = channelMain({
        channel,
        address: reachedAt(request, status.publicAddress),
        listening: doors.listening().find((each) => each.channel === name) ?? null,
        turnedAway: doors.lastTurnedAway(name),
        requests: await latestRequests(connection.queries, name),
        desk: config.policy.desk,
      });
      return visit.show({ title: channel.title, place: 'health', main });
    }),
  );
  return router;
}
