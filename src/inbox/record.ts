import { sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import type { Receipt } from '../ports/channel.ts';
import { REPEAT_WINDOW_SECONDS } from './delivery.ts';

/** A request as it goes into the table. */
export interface Recorded {
  /** Of the record, when it is new. */
  id: string;
  channel: string;
  deliveryId: string;
  /** The ids that the same content had in the windows beside; empty when the sender names its deliveries. */
  nearbyIds: readonly string[];
  receivedAt: Temporal.Instant;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/**
 * Records many requests in one statement, and so with one flush. A delivery that is there already, be it
 * from earlier or from this very group, is given the id of the first.
 */
export async function recordRequests(queries: Queries, requests: readonly Recorded[]): Promise<readonly Receipt[]> {
  const rows = requests.map((request, n) => ({ n, request }));
  const outcomes = new Map((await insertRows(queries, rows)).map((row) => [row.n, row]));
  const unknown = rows.filter(({ n }) => outcomes.get(n) === undefined);
  const earlier = unknown.length === 0 ? new Map<string, string>() : await findRows(queries, unknown);
  return rows.map(({ n, request }) => {
    const outcome = outcomes.get(n);
    if (outcome !== undefined) return { id: outcome.id, isRepeat: outcome.repeat };
    const id = earlier.get(keyOf(request.channel, request.deliveryId));
    if (id === undefined) throw new Error('a delivery was taken for a repeat, and its first is not there');
    return { id, isRepeat: true };
  });
}

interface Row {
  n: number;
  request: Recorded;
}

/** Inserts what is new. Rows that another of the same delivery kept out are missing from the answer. */
async function insertRows(
  queries: Queries,
  rows: readonly Row[],
): Promise<{ n: number; id: string; repeat: boolean }[]> {
  const result = await queries.execute(sql`
    with incoming as (
      select * from json_to_recordset(${JSON.stringify(rows.map(written))}::json) as x (
        n int, id text, channel text, delivery_id text, nearby_ids text[], received_at timestamptz, headers jsonb, body text
      )
    ), before as (
      -- Row by row, so that each is found by the index: for all at once the whole table would be read.
      select incoming.n, found.id from incoming cross join lateral (
        select inbox.id from inbox
        where inbox.channel = incoming.channel and inbox.delivery_id = any(incoming.nearby_ids)
          and inbox.received_at > incoming.received_at - make_interval(secs => ${REPEAT_WINDOW_SECONDS})
          and inbox.received_at < incoming.received_at + make_interval(secs => ${REPEAT_WINDOW_SECONDS})
        order by inbox.delivery_id limit 1
      ) as found
    ), fresh as (
      insert into inbox (id, channel, delivery_id, received_at, headers, body)
      select id, channel, delivery_id, received_at, headers, decode(body, 'base64') from incoming
      where n not in (select n from before) order by n
      on conflict (channel, delivery_id) do nothing
      returning id
    )
    select incoming.n, fresh.id, false as repeat from fresh join incoming using (id)
    union all
    select n, id, true from before
  `);
  return rowsOf<{ n: number; id: string; repeat: boolean }>(result);
}

function written({ n, request }: Row): object {
  return {
    n,
    id: request.id,
    channel: request.channel,
    delivery_id: request.deliveryId,
    nearby_ids: request.nearbyIds,
    received_at: request.receivedAt.toString(),
    headers: request.headers,
    body: Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength).toString('base64'),
  };
}

async function findRows(queries: Queries, rows: readonly Row[]): Promise<Map<string, string>> {
  const wanted = rows.map(({ request }) => ({ channel: request.channel, delivery_id: request.deliveryId }));
  const result = await queries.execute(sql`
    select inbox.channel, inbox.delivery_id, inbox.id from inbox
    join json_to_recordset(${JSON.stringify(wanted)}::json) as wanted (channel text, delivery_id text)
      on inbox.channel = wanted.channel and inbox.delivery_id = wanted.delivery_id
  `);
  const found = rowsOf<{ channel: string; delivery_id: string; id: string }>(result);
  return new Map(found.map((row) => [keyOf(row.channel, row.delivery_id), row.id]));
}

function keyOf(channel: string, deliveryId: string): string {
  return `${channel}\n${deliveryId}`;
}
