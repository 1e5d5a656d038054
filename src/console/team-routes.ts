import type { Router } from 'express';
import express from 'express';
import type { ConsoleParts } from './parts.ts';
import { teamMain } from './team-page.ts';
import { readTeam } from './team-rows.ts';
import type { Door } from './visit.ts';

/** Who works here, and who is away. */
export function teamRoutes({ connection, pipeline }: ConsoleParts, door: Door): Router {
  const router = express.Router();

  router.get(
    '/team',
    door.page(async (visit) => {
      const { config, now, person, session } = visit;
      const { policy } = config;
      const team = await readTeam(connection.queries, { policy, now });
      const main = teamMain({ team, person, csrfToken: session.csrfToken, timeZone: policy.desk.timeZone });
      visit.show({ title: 'Team', place: 'team', main });
    }),
  );
  router.post(
    '/team/away',
    door.form(async (visit) => {
      const isAway = visit.form.get('away') === 'yes';
      await pipeline.setAway(visit.form.get('agent'), { by: visit.person, isAway });
      return visit.goTo('/team', isAway ? 'away' : 'back');
    }),
  );
  return router;
}
