import type { decisions, inbox, messages } from '../../db/schema.ts';
import type { DeadAddress } from '../../decide/undelivered.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { revive } from '../../kit/json.ts';

/** What is most of a ticket, and nobody asks for: a replay works it out by itself. */
export const LEFT_UNREAD = [
  'clocks',
  'related',
  'suggestion',
  'progress',
  'why',
  'letters',
  'categoryFrom',
  'handoff',
  'escalation',
  'lastAgentMessageAt',
  'lastCustomerMessageAt',
  'updatedAt',
  'resolvedAt',
  'closedAt',
] as const satisfies readonly (keyof Ticket)[];

/** A ticket as it is recorded. */
export type Recorded = Omit<Ticket, (typeof LEFT_UNREAD)[number]>;

export type StoredRequest = Pick<
  typeof inbox.$inferSelect,
  'id' | 'channel' | 'headers' | 'body' | 'receivedAt' | 'insisted'
>;

export type Said = Pick<
  typeof messages.$inferSelect,
  'id' | 'ticketKey' | 'author' | 'authorName' | 'visibility' | 'text' | 'at' | 'inboxId'
> & { files: number };

export type Decided = Pick<
  typeof decisions.$inferSelect,
  'ticketKey' | 'seq' | 'at' | 'stage' | 'code' | 'params' | 'field' | 'fromValue' | 'toValue' | 'source'
>;

/** A page as the database tells it: texts of JSON, and little beside, which go to other threads as they are. */
export interface StoredPage {
  tickets: readonly string[];
  said: string;
  decided: string;
  requests: readonly StoredCells[];
  dead: readonly { address: string; since: string; reason: string }[];
}

/** A request, with its body in base64. */
export type StoredCells = Omit<StoredRequest, 'body' | 'receivedAt'> & { body: string; receivedAt: string };

/** Some tickets with all that is known of them. */
export interface RecordedPage {
  tickets: readonly Recorded[];
  said: ReadonlyMap<string, readonly Said[]>;
  decided: ReadonlyMap<string, readonly Decided[]>;
  requests: ReadonlyMap<string, StoredRequest>;
  dead: ReadonlyMap<string, DeadAddress>;
}

/** Reads what the database told. */
export function recordedFrom({ tickets, said, decided, requests, dead }: StoredPage): RecordedPage {
  return {
    tickets: tickets.map((text) => revive<Recorded>(JSON.parse(text))),
    said: byTicket(rowsIn<SaidCells>(said).map(saidFrom)),
    decided: byTicket(rowsIn<DecidedCells>(decided).map(decidedFrom)),
    requests: new Map(requests.map((cells) => [cells.id, requestFrom(cells)])),
    dead: new Map(dead.map((row) => [row.address, { ...row, since: Temporal.Instant.from(row.since) }])),
  };
}

/** Rows as one text of JSON. */
export function rowsIn<Cells>(text: string): readonly Cells[] {
  return JSON.parse(text) as Cells[];
}

export type SaidCells = [
  id: Said['id'],
  ticketKey: Said['ticketKey'],
  author: Said['author'],
  authorName: Said['authorName'],
  visibility: Said['visibility'],
  text: Said['text'],
  at: string,
  inboxId: Said['inboxId'],
  files: Said['files'],
];

function saidFrom(cells: SaidCells): Said {
  const [id, ticketKey, author, authorName, visibility, text, at, inboxId, files] = cells;
  return { id, ticketKey, author, authorName, visibility, text, at: Temporal.Instant.from(at), inboxId, files };
}

type DecidedCells = [
  ticketKey: Decided['ticketKey'],
  seq: Decided['seq'],
  at: string,
  stage: Decided['stage'],
  code: Decided['code'],
  params: Decided['params'],
  field: Decided['field'],
  fromValue: Decided['fromValue'],
  toValue: Decided['toValue'],
  source: Decided['source'],
];

function decidedFrom(cells: DecidedCells): Decided {
  const [ticketKey, seq, at, stage, code, params, field, fromValue, toValue, source] = cells;
  const moment = Temporal.Instant.from(at);
  return { ticketKey, seq, at: moment, stage, code, params, field, fromValue, toValue, source };
}

function requestFrom({ body, receivedAt, ...cells }: StoredCells): StoredRequest {
  return { ...cells, body: Uint8Array.fromBase64(body), receivedAt: Temporal.Instant.from(receivedAt) };
}

function byTicket<Row extends { ticketKey: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, ({ ticketKey }) => ticketKey);
}
