import { sql } from 'drizzle-orm';
import { agents } from '../db/schema.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { Problem } from '../domain/problem.ts';
import type { Desk } from './desk.ts';
import type { Presence } from './index.ts';
import { countLoads } from './look-again.ts';

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
  const isOurs = desk.config.policy.agents.some((agent) => agent.name === name && agent.switchedIn === 'console');
  if (isOurs && load.away === isAway) return;
  await desk.tx
    .insert(agents)
    .values({ name, away: isAway, awayBy: by, awayAt: desk.now })
    .onConflictDoUpdate({
      target: agents.name,
      set: { away: sql`excluded.away`, awayBy: sql`excluded.away_by`, awayAt: sql`excluded.away_at` },
    });
  // The tick in the base counts, where there is one; here it is noted who made it.
  desk.loads.set(name, { ...load, away: isAway && isOurs });
  if (!isAway) desk.freed.add(name);
}

/** Counts anew what those have who are new or other than before, and offers them what waits. */
export async function welcome(parts: PipelineParts, names: readonly string[]): Promise<void> {
  await countLoads(parts);
  await atDesk(parts, async (desk) => {
    for (const name of names) if (desk.loads.has(name)) desk.freed.add(name);
  });
}
