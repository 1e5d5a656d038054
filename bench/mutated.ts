/**
 * What becomes of requests that are damaged on their way, or made to do harm: each is a ticket, is set aside with a
 * reason, stands under lost and found, or is refused with a reason. The recorded requests of every channel, mutated by
 * fast-check, go through the door, onto disk and through the pipeline. Their signatures are tried by themselves and
 * count for nothing then, or hardly any would come further than the door.
 *
 *     node bench/mutated.ts [--payloads 100000] [--only slack,ses] [--seed 1]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { openDatabase } from '../src/db/open.ts';
import type { ChannelConfig } from '../src/config/live.ts';
import { inbox as inboxTable } from '../src/db/schema.ts';
import { createInbox } from '../src/inbox/create.ts';
import type { Outcome } from '../src/inbox/index.ts';
import { createLog } from '../src/kit/log.ts';
import type { Channel, RawRequest } from '../src/ports/channel.ts';
import { damaged } from '../test/support/damage.ts';
import { aLiveConfig } from '../test/support/live-config.ts';
import { aClock, aDesk } from '../test/support/pipeline.ts';
import { fc } from '../test/support/properties.ts';
import { type BenchChannel, benchChannels } from './support/bench-channels.ts';
import { exactly, type Figure, printFigures } from './support/figures.ts';

/** Requests that are taken in before the pipeline runs. */
const CHUNK = 1000;

/** What the pipeline says of a request that broke it. */
const UNFORESEEN = 'inbox.failed';

/** What became of one, and `nothing` where it is nowhere. */
type End = 'refused' | 'greeted' | 'repeated' | 'ticket' | 'ignored' | 'lost' | 'crashed' | 'nothing';

const { values } = parseArgs({
  options: {
    payloads: { type: 'string', default: '100000' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const channels = benchChannels(values.only?.split(','));
const FIRST_SEED = Number(values.seed);
const each = Math.ceil(Number(values.payloads) / channels.length);
const dataFolder = mkdtempSync(join(tmpdir(), 'tabledesk-bench-'));
const connection = await openDatabase({ dataFolder });

const believing = new Map(channels.map(({ config, channel }) => [config.name, believes(channel)]));
const parts = {
  connection,
  config: aLiveConfig({ channels: channels.map(({ config }) => config) }),
  clock: aClock(),
  channelOf: ({ name }: { name: string }) => believing.get(name) ?? null,
};
const { pipeline } = aDesk(connection, parts);
const inbox = createInbox({
  ...parts,
  channels: () => parts.config.current().channels,
  wake: async () => undefined,
  now: parts.clock.now,
  log: createLog('silent'),
});

const ends = new Map<End, number>();
for (const channel of channels) await goThrough(channel);
printFigures(`${each} damaged requests of each of ${channels.length} channels`, figures());
await connection.close();
rmSync(dataFolder, { recursive: true });

/** A delivery of its own each, so that none counts as one that was there before. */
function believes(channel: Channel): Channel {
  return { ...channel, verify: () => ({ authentic: true }), deliveryId: () => null };
}

async function goThrough({ config, channel, recorded }: BenchChannel): Promise<void> {
  const requests = different(fc.noBias(damaged(recorded)));
  for (let at = 0; at < requests.length; at += CHUNK) {
    const outcomes = await Promise.all(
      requests
        .slice(at, at + CHUNK)
        .map(async (request) => (await tried(config, channel, request)) ?? takeIn(config, request)),
    );
    // What fails by itself is tried three times.
    for (let run = 0; run < 3; run += 1) await pipeline.drainInbox();
    for (const outcome of outcomes) note(typeof outcome === 'string' ? outcome : await endOf(outcome));
  }
}

/** As many as are wanted, each with a body of its own: what has come before would not be read again. */
function different(requests: fc.Arbitrary<RawRequest>): readonly RawRequest[] {
  const found = new Map<string, RawRequest>();
  for (let seed = FIRST_SEED; found.size < each; seed += 1) {
    for (const request of fc.sample(requests, { seed, numRuns: each })) found.set(key(request), request);
  }
  return [...found.values()].slice(0, each);
}

function key({ body }: RawRequest): string {
  return Buffer.from(body).toString('latin1');
}

/** Whether it has a verdict and an id; what they say is not asked here. */
async function tried(
  { name, secrets }: ChannelConfig,
  channel: Channel,
  request: RawRequest,
): Promise<'crashed' | null> {
  try {
    channel.deliveryId(request);
    const verdict = await channel.verify(request, secrets ?? { tokens: [], signing: [] });
    return verdict.authentic || verdict.reason !== '' ? null : 'crashed';
  } catch (error) {
    console.error(`${name}: no verdict`, error);
    return 'crashed';
  }
}

async function takeIn({ name }: ChannelConfig, { headers, body }: RawRequest): Promise<Outcome | 'crashed'> {
  try {
    return await inbox.receive(name, {
      headers,
      token: 'letmein',
      address: `/hooks/${name}`,
      readBody: async () => body,
    });
  } catch (error) {
    console.error(`${name}: not taken in`, error);
    return 'crashed';
  }
}

/** What became of it on disk. Whatever was not foreseen stands under lost and found with a problem of its own. */
async function endOf(outcome: Outcome): Promise<End> {
  if (outcome.kind === 'refused') return outcome.problem.message === '' ? 'nothing' : 'refused';
  if (outcome.kind === 'greeted') return 'greeted';
  if (outcome.receipt.isRepeat) return 'repeated';
  const rows = await connection.queries.select().from(inboxTable).where(eq(inboxTable.id, outcome.receipt.id));
  const { state, problem, ticketKey, channel } = rows[0] ?? {};
  if (state === 'done') return ticketKey === null ? 'nothing' : 'ticket';
  if (state === 'ignored') return problem?.message ? 'ignored' : 'nothing';
  if (state !== 'lost') return 'nothing';
  if (problem?.code !== UNFORESEEN) return 'lost';
  console.error(`${channel}: request ${outcome.receipt.id} failed`, problem);
  return 'crashed';
}

function note(end: End): void {
  ends.set(end, (ends.get(end) ?? 0) + 1);
}

function figures(): readonly Figure[] {
  const count = (end: End) => ends.get(end) ?? 0;
  return [
    { what: 'tickets, or messages of tickets', value: count('ticket'), unit: '' },
    { what: 'set aside, with a reason', value: count('ignored'), unit: '' },
    { what: 'under lost and found, with a problem', value: count('lost'), unit: '' },
    { what: 'refused, with a reason', value: count('refused'), unit: '' },
    { what: 'the same as one before', value: count('repeated'), unit: '' },
    { what: 'handshakes', value: count('greeted'), unit: '' },
    { what: 'failed in a way that nobody foresaw', value: count('crashed'), unit: '', goal: exactly(0) },
    { what: 'nowhere to be found', value: count('nothing'), unit: '', goal: exactly(0) },
  ];
}
