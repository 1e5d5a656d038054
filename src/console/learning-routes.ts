import type { Router } from 'express';
import express from 'express';
import { learningMain } from './learning-page.ts';
import type { ConsoleParts } from './parts.ts';
import type { Door } from './visit.ts';

/** What the desk learned from its own tickets, and learning now. */
export function learningRoutes({ learning }: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/learning',
    door.page(async (visit) => {
      const { prefix, timeZone } = visit.config.policy.desk;
      const here = { now: visit.now, timeZone };
      const main = learningMain({
        state: await learning.state(),
        prefix,
        here,
        access: visit.access,
        csrfToken: visit.session.csrfToken,
      });
      visit.show({ title: 'What was learned', place: 'health', main });
    }),
  );
  router.post(
    '/learning',
    door.form(
      async ({ goTo }) => {
        await learning.want();
        return goTo('/learning', 'learning_asked');
      },
      { act: 'learning_asked' },
    ),
  );
  return router;
}
