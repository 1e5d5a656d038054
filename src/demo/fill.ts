import { count } from 'drizzle-orm';
import type { LoadedConfig } from '../config/live.ts';
import { tickets } from '../db/schema.ts';
import { createHours } from './hours.ts';
import { playStory } from './play.ts';
import type { Stage } from './stage.ts';
import { tellStory } from './story.ts';

export interface FillGiven {
  seed: number;
  days: number;
  /** When the history ends: now, for a demo that is looked at now. */
  end: Temporal.Instant;
  /** Told now and then which share is done, from 0 to 1. */
  onProgress(share: number): void;
}

/** Fills an empty desk with so many days of history. The same seed and end give the same tickets. */
export async function fillDesk(stage: Stage, { onProgress, ...given }: FillGiven): Promise<{ tickets: number }> {
  // A demo that is broken off is made anew, so that nothing need be safe on disk before its end.
  await stage.connection.script('set synchronous_commit = off; set plan_cache_mode = auto');
  const hours = createHours(calendarsOf(stage.config.current()));
  await playStory(stage, tellStory({ ...given, hours }), onProgress);
  await stage.connection.script('set synchronous_commit = on; checkpoint');
  const [row] = await stage.connection.queries.select({ tickets: count() }).from(tickets);
  return { tickets: row?.tickets ?? 0 };
}

function calendarsOf({ policy: { calendars } }: LoadedConfig) {
  const { office, extended } = calendars;
  if (office === undefined || extended === undefined) throw new Error('The example desk lost its calendars.');
  return { office, extended };
}
