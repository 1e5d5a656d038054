import { eq } from 'drizzle-orm';
import { inbox as inboxTable } from '../db/schema.ts';
import type { Posted } from './bodies.ts';
import type { Stage } from './stage.ts';

/** Posts a request and lets it be taken in. Returns the key of the ticket that it became, or belongs to. */
export async function post(stage: Stage, channel: string, posted: Posted): Promise<string> {
  const { connection, inbox, pipeline, jsonToken: token } = stage;
  const headers = { ...posted.headers, 'user-agent': 'Bramble demo' };
  const readBody = async () => posted.body;
  const outcome = await inbox.receive(channel, { address: `/hooks/${channel}`, headers, token, readBody });
  if (outcome.kind === 'refused') throw outcome.problem;
  if (outcome.kind === 'greeted') throw new Error(`The channel ${channel} took a request of the demo for a greeting.`);
  await pipeline.drainInbox();
  const [row] = await connection.queries
    .select({ key: inboxTable.ticketKey })
    .from(inboxTable)
    .where(eq(inboxTable.id, outcome.receipt.id));
  return row?.key ?? '';
}
