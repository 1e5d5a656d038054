import { sql } from 'drizzle-orm';
import type { LiveConfig } from '../config/live.ts';
import { isInShadow } from '../config/shadow.ts';
import type { Connection } from '../db/connection.ts';
import type { Lane } from '../db/queues.ts';
import { keepShadowMark, readShadowMark } from '../db/shadow-mark.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';

export interface ShadowWatchParts {
  connection: Connection;
  config: Pick<LiveConfig, 'current'>;
  lanes: { wake(lane: Lane): Promise<unknown> };
  now: Now;
  log: Log;
}

/** Notes down from when to when the desk only looked on, and has it look at everything when it begins to act. */
export interface ShadowWatch {
  look(): Promise<void>;
}

export function createShadowWatch(parts: ShadowWatchParts): ShadowWatch {
  return { look: () => look(parts) };
}

async function look({ connection, config, lanes, now, log }: ShadowWatchParts): Promise<void> {
  const { queries } = connection;
  const current = config.current();
  const [mark, at] = [await readShadowMark(queries), now()];
  const isOpen = mark !== null && mark.endedAt === null;
  if (current.shadow !== null && isInShadow(current, at)) {
    if (!isOpen) await keepShadowMark(queries, { from: at, endedAt: null });
    return;
  }
  if (mark === null || !isOpen) return;
  const endedAt = current.shadow === null ? at : earlier(current.shadow.until, at);
  await keepShadowMark(queries, { ...mark, endedAt });
  await leaveWhatIsDone(connection);
  log.info({ from: mark.from.toString(), until: endedAt.toString() }, 'the shadow is over: from now on the desk acts');
  await lanes.wake('full_pass');
  await lanes.wake('flush');
}

/** The rows of tickets that are done stay as people left them; the others get what they were not given meanwhile. */
async function leaveWhatIsDone({ queries }: Connection): Promise<void> {
  await queries.execute(sql`
    update tickets set withheld = '[]', dirty_since = null, write_at = null where withheld <> '[]' and not is_open
  `);
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? one : other;
}
