import type { ChannelConfig } from '../config/live.ts';
import type { inbox } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import { TEST_HEADER } from '../kit/test-marks.ts';
import type { Channel, Parsed } from '../ports/channel.ts';
import type { PipelineParts } from './at-desk.ts';

export type InboxRow = typeof inbox.$inferSelect;

/** A stored request, and what its channel understood of it. */
export interface ReadRow {
  row: InboxRow;
  parsed: Parsed;
}

/** So long requests wait for what the sender's system knows beyond them. */
const PATIENCE_MILLISECONDS = 5000;

type Reading = Pick<PipelineParts, 'channelOf' | 'config' | 'log' | 'pause'>;

/** Reads stored requests, each by its channel, all at once: it may take a question to the sender's system. */
export function readRows(rows: readonly InboxRow[], parts: Reading): Promise<readonly ReadRow[]> {
  return Promise.all(rows.map(async (row) => ({ row, parsed: await readRow(row, parts) })));
}

async function readRow(row: InboxRow, parts: Reading): Promise<Parsed> {
  const config = parts.config.current().channels[row.channel];
  const channel = config === undefined ? null : parts.channelOf(config);
  if (config === undefined || channel === null) return noChannel(row.channel);
  const request = { headers: row.headers, body: row.body, token: null, receivedAt: row.receivedAt };
  const parsed = await channel.parse(request);
  if (row.headers[TEST_HEADER] !== undefined) return asTest(parsed);
  return channel.complete === undefined ? parsed : completed(parsed, { channel, config, parts });
}

/**
 * Nobody is behind the ids and numbers of a test: nobody is answered there or known by them, and its sender's system is
 * asked for nothing.
 */
function asTest(parsed: Parsed): Parsed {
  if (parsed.kind === 'unreadable') return parsed;
  const messages = parsed.messages.map(({ conversation: _there, from: { name, email }, ...message }) => {
    return { ...message, from: { name, email }, isTest: true as const };
  });
  return { ...parsed, messages };
}

/** The request goes on as it is where nobody answers in time: a ticket without an address is better than none. */
async function completed(
  parsed: Parsed,
  { channel, config, parts }: { channel: Channel; config: ChannelConfig; parts: Reading },
): Promise<Parsed> {
  const late = parts.pause(PATIENCE_MILLISECONDS).then(() => null);
  try {
    const whole = await Promise.race([channel.complete?.(parsed) ?? parsed, late]);
    if (whole !== null) return whole;
    parts.log.warn({ channel: config.name }, 'a request goes on without what its sender knows beyond it: too slow');
  } catch (error) {
    const told = error instanceof Problem ? { code: error.code, message: error.message } : { err: error };
    parts.log.warn({ channel: config.name, ...told }, 'a request goes on without what its sender knows beyond it');
  }
  return parsed;
}

function noChannel(channel: string): Parsed {
  const problem = new Problem({
    code: 'inbox.no-channel',
    message: `The channel ${channel}, over which this came, is no longer in channels.yaml.`,
    fix: 'Put the channel back, then try this item again.',
  });
  return { kind: 'unreadable', problem };
}
