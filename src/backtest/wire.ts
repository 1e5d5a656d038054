import { z } from 'zod';
import type { ConfigChange, Window } from './index.ts';

/** No desk has as many; whoever asks for all says so with this. */
export const MOST_TICKETS = 1_000_000;

const Files = z.record(z.string().max(200), z.string().max(1_000_000));

const Last = z.int().min(1).max(MOST_TICKETS);

/** What a script asks for: the texts of a whole config folder, and which tickets. */
const BacktestAsked = z.union([
  z.strictObject({ files: Files, last: Last }),
  z.strictObject({ files: Files, since: z.iso.datetime() }),
]);

/** Null for what asks for none. */
export function readAsked(body: unknown): { change: ConfigChange; window: Window } | null {
  const parsed = BacktestAsked.safeParse(body);
  if (!parsed.success) return null;
  const { files, ...rest } = parsed.data;
  const window = 'last' in rest ? { last: rest.last } : { since: Temporal.Instant.from(rest.since) };
  return { change: { files }, window };
}
