import type { Router } from 'express';
import express from 'express';
import type { LoadedConfig } from '../config/live.ts';
import type { ConsoleParts } from './parts.ts';
import { teamMain, type TeamView } from './team-page.ts';
import { readTeam } from './team-rows.ts';
import type { Door } from './visit.ts';

/** Who works here, and who is away. */
export function teamRoutes({ connection, team: switches, tables }: ConsoleParts, door: Door): Router {
  const router = express.Router();

  router.get(
    '/team',
    door.page(async (visit) => {
      const { config, now, person, access, session } = visit;
      const { policy } = config;
      const team = await readTeam(connection.queries, { policy, now });
      const table = await agentsTable(config, tables);
      const { timeZone } = policy.desk;
      const main = teamMain({ team, table, person, access, csrfToken: session.csrfToken, timeZone });
      visit.show({ title: 'Team', place: 'team', main });
    }),
  );
  router.post(
    '/team/away',
    door.form(
      async (visit) => {
        const isAway = visit.form.get('away') === 'yes';
        await switches.setAway(visit.form.get('agent'), { by: visit.person, isAway });
        return visit.goTo('/team', isAway ? 'away' : 'back');
      },
      { act: 'presence_set', about: ['agent'] },
    ),
  );
  return router;
}

/** The table of the base in which agents are; null where all are in people.yaml. */
async function agentsTable({ staffing }: LoadedConfig, tables: ConsoleParts['tables']): Promise<TeamView['table']> {
  if (staffing === null) return null;
  return (await tables.state()).find(({ table }) => table === staffing.table.table) ?? null;
}
