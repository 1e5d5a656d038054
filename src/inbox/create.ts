import type { ChannelConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import type { Channels } from '../kit/channels.ts';
import type { Log } from '../kit/log.ts';
import { createIds } from '../kit/new-ids.ts';
import { TEST_HEADER, type TestMarks } from '../kit/test-marks.ts';
import type { Channel, RawRequest, Receipt } from '../ports/channel.ts';
import type { Now } from '../ports/now.ts';
import { type ChannelDesk, createChannelDesk, type Found } from './channel-desk.ts';
import { deliveryOf } from './delivery.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Inbox, Incoming, Outcome, TurnedAway } from './index.ts';
import { keptHeaders } from './kept-headers.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { recordRequests, type Recorded } from './record.ts';
import { refusal, type Refused } from './refusals.ts';
import { createWaker } from './waker.ts';

/** What the inbox works with. */
export interface InboxParts {
  connection: Connection;
  /** The channels of the config in force, by name. */
  channels: () => Readonly<Record<string, ChannelConfig>>;
  channelOf: Channels;
  /** Knows tests from our console; left out, no request is one. */
  testMarks?: Pick<TestMarks, 'isOurs'>;
  /** Tells the lane that makes tickets that there is something to do. */
  wake: () => Promise<void>;
  now: Now;
  log: Log;
}

const NOTHING = new Uint8Array();

export function createInbox(parts: InboxParts): Inbox {
  const { connection, now, log } = parts;
  const desk = createChannelDesk(parts.channels, parts.channelOf);
  const newId = createIds();
  const waker = createWaker(parts.wake, log);
  const group = createGroupCommit<Recorded, Receipt>({
    commit: (gather) => connection.urgently((queries) => recordRequests(queries, gather())),
    afterwards: waker.wake,
  });
  const door: Door = {
    desk,
    limits: createRateLimit(now),
    turnedAway: new Map(),
    keep: (name, taken) => group.add(recordOf(name, taken)),
    now,
    log,
  };

  function recordOf(channel: string, { request, ...taken }: Taken): Recorded {
    const { receivedAt, body } = request;
    const delivery = deliveryOf(request, taken.channel.deliveryId(request));
    const headers = { ...keptHeaders(request.headers), ...markOf(channel, request) };
    return { id: newId(receivedAt), channel, ...delivery, receivedAt, headers, body };
  }

  /** Kept where it is one of ours, so that whoever reads the record can go by it. */
  function markOf(channel: string, { headers, receivedAt }: RawRequest): Readonly<Record<string, string>> {
    const mark = headers[TEST_HEADER] ?? '';
    return parts.testMarks?.isOurs(mark, channel, receivedAt) === true ? { [TEST_HEADER]: mark } : {};
  }

  return {
    receive: (name, incoming) => receive(door, name, incoming),
    greet(name, incoming) {
      const found = desk.find(name);
      if (found.kind === 'closed') return null;
      return found.channel.greetGet?.({ ...incoming, body: NOTHING, receivedAt: now() }, found.secrets) ?? null;
    },
    async deliver(name, given) {
      const found = desk.find(name);
      if (found.kind === 'closed') throw refusal.closed(name, found.reason).problem;
      return door.keep(name, { channel: found.channel, request: { ...given, token: null, receivedAt: now() } });
    },
    lastTurnedAway: (name) => door.turnedAway.get(name) ?? null,
    requestForm: (name) => requestForm(desk.find(name)),
    async drained() {
      await group.drained();
      await waker.drained();
    },
  };
}

/** A request that was believed, and the channel that reads it. */
interface Taken {
  channel: Channel;
  request: RawRequest;
}

/** What every request passes. */
interface Door extends Pick<InboxParts, 'now' | 'log'> {
  desk: ChannelDesk;
  limits: RateLimit;
  /** What each channel turned away last. */
  turnedAway: Map<string, TurnedAway>;
  /** Puts a request on disk. */
  keep(name: string, taken: Taken): Promise<Receipt>;
}

async function receive(door: Door, name: string, incoming: Incoming): Promise<Outcome> {
  const { desk, limits, now, log } = door;
  const found = desk.find(name);
  if (found.kind === 'closed') return asSenderNeeds(found, refusal.closed(name, found.reason));
  const { config, channel, secrets } = found;
  const refused = (usual: Refused, reason = usual.problem.message): Refused => {
    const told = asSenderNeeds(channel, usual);
    door.turnedAway.set(name, { at: now(), status: told.status, reason });
    return told;
  };
  const body = await incoming.readBody(config.maxBytes);
  if (body === 'too_large') return refused(refusal.tooLarge(config.maxBytes));
  const { address, headers, token } = incoming;
  const request: RawRequest = { address, headers, body, token, receivedAt: now() };
  const verdict = await channel.verify(request, secrets);
  if (!verdict.authentic) {
    log.warn({ channel: name, reason: verdict.reason }, 'refused a request that could not prove who sent it');
    return refused(refusal.notAuthentic(), `The request could not prove who sent it: ${verdict.reason}.`);
  }
  const greeting = await channel.greet?.(request);
  if (greeting) return { kind: 'greeted', answer: greeting };
  const waitSeconds = limits.take(name, config.perMinute);
  if (waitSeconds > 0) return refused(refusal.tooMany(config.perMinute, waitSeconds));
  return record(door, name, { channel, request });
}

async function record({ keep, log }: Door, name: string, taken: Taken): Promise<Outcome> {
  const { channel, request } = taken;
  try {
    const receipt = await keep(name, taken);
    const answer = (known: Receipt) => channel.answer?.(request, known) ?? null;
    return { kind: 'accepted', receipt, waitsSeconds: channel.waitsSeconds ?? 0, answer };
  } catch (error) {
    log.error({ err: error, channel: name }, 'a request could not be recorded; the sender was asked to try again');
    return asSenderNeeds(channel, refusal.notRecorded(error));
  }
}

function asSenderNeeds({ statuses }: { statuses?: Channel['statuses'] }, usual: Refused): Refused {
  const { status } = usual;
  const isChosen = status === 401 || status === 413 || status === 429 || status === 503;
  const other = isChosen ? statuses?.[status] : undefined;
  return other === undefined ? usual : { ...usual, status: other };
}

function requestForm(found: Found): ReturnType<Inbox['requestForm']> {
  if (found.kind === 'closed') return found.isUnknown ? null : 'closed';
  const { channel, secrets } = found;
  // A token on a page that everybody can open would be none.
  if (channel.form === undefined || secrets.tokens.length > 0) return null;
  return channel.form;
}
