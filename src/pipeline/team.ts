import { sql } from 'drizzle-orm';
import { agents } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import type { Desk } from './desk.ts';
import type { Presence } from './index.ts';

/**
 * Switches an agent to away or back. Who is away keeps their tickets and gets no new ones; who comes back is offered
 * what waits, the most urgent first.
 */
export async function setAway(desk: Desk, name: string, { by, isAway }: Presence): Promise<void> {
  const load = desk.loads.get(name);
  if (load === undefined) {
    throw new Problem({
      code: 'agent.not-found',
      message: `There is no agent ${name}.`,
      fix: 'Look at people.yaml for the names of those who work here.',
    });
  }
  if (load.away === isAway) return;
  await desk.tx
    .insert(agents)
    .values({ name, away: isAway, awayBy: by, awayAt: desk.now })
    .onConflictDoUpdate({
      target: agents.name,
      set: { away: sql`excluded.away`, awayBy: sql`excluded.away_by`, awayAt: sql`excluded.away_at` },
    });
  desk.loads.set(name, { ...load, away: isAway });
  if (!isAway) desk.freed.add(name);
}
