import type { ChannelConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import type { Connectors } from '../kit/connector.ts';
import type { Log } from '../kit/log.ts';
import { createIds } from '../kit/new-ids.ts';
import type { Channel, RawRequest, Receipt } from '../ports/channel.ts';
import type { Now } from '../ports/now.ts';
import { createChannelDesk, type Found } from './channel-desk.ts';
import { deliveryOf } from './delivery.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Inbox, Incoming, Outcome } from './index.ts';
import { keptHeaders } from './kept-headers.ts';
import { createRateLimit } from './rate-limit.ts';
import { recordRequests, type Recorded } from './record.ts';
import { refusal } from './refusals.ts';
import { createWaker } from './waker.ts';

/** What the inbox works with. */
export interface InboxParts {
  connection: Connection;
  /** The channels of the config in force, by name. */
  channels: () => Readonly<Record<string, ChannelConfig>>;
  connectors: Connectors;
  /** Tells the lane that makes tickets that there is something to do. */
  wake: () => Promise<void>;
  now: Now;
  log: Log;
}

export function createInbox(parts: InboxParts): Inbox {
  const { connection, now, log } = parts;
  const desk = createChannelDesk(parts.channels, parts.connectors);
  const limits = createRateLimit(now);
  const newId = createIds();
  const waker = createWaker(parts.wake, log);
  const group = createGroupCommit<Recorded, Receipt>({
    commit: (gather) => connection.urgently((queries) => recordRequests(queries, gather())),
    afterwards: waker.wake,
  });

  async function receive(name: string, incoming: Incoming): Promise<Outcome> {
    const found = desk.find(name);
    if (found.kind === 'closed') return refusal.closed(name, found.reason);
    const { config, channel, secrets } = found;
    const body = await incoming.readBody(config.maxBytes);
    if (body === 'too_large') return refusal.tooLarge(config.maxBytes);
    const request: RawRequest = { headers: incoming.headers, body, token: incoming.token, receivedAt: now() };
    const verdict = channel.verify(request, secrets);
    if (!verdict.authentic) {
      log.warn({ channel: name, reason: verdict.reason }, 'refused a request that could not prove who sent it');
      return refusal.notAuthentic();
    }
    const waitSeconds = limits.take(name, config.perMinute);
    if (waitSeconds > 0) return refusal.tooMany(config.perMinute, waitSeconds);
    return record(name, { channel, request });
  }

  async function record(
    name: string,
    { channel, request }: { channel: Channel; request: RawRequest },
  ): Promise<Outcome> {
    const { receivedAt, body } = request;
    const delivery = deliveryOf(request, channel.deliveryId(request));
    const headers = keptHeaders(request.headers);
    try {
      const receipt = await group.add({ id: newId(receivedAt), channel: name, ...delivery, receivedAt, headers, body });
      return { kind: 'accepted', receipt, answer: channel.answer?.(request, receipt) ?? null };
    } catch (error) {
      log.error({ err: error, channel: name }, 'a request could not be recorded; the sender was asked to try again');
      return refusal.notRecorded(error);
    }
  }

  return {
    receive,
    requestForm: (name) => requestForm(desk.find(name)),
    async drained() {
      await group.drained();
      await waker.drained();
    },
  };
}

function requestForm(found: Found): ReturnType<Inbox['requestForm']> {
  if (found.kind === 'closed') return found.isUnknown ? null : 'closed';
  const { channel, secrets } = found;
  // A token on a page that everybody can open would be none.
  if (channel.form === undefined || secrets.tokens.length > 0) return null;
  return channel.form;
}
