import { ulid } from 'ulid';
import { channelOf } from './channels.ts';
import type { Connection } from '../../src/db/connection.ts';
import type { Classifier } from '../../src/ports/classifier.ts';
import type { FindEarlierAnswers } from '../../src/ports/earlier-answers.ts';
import type { LanguageModel } from '../../src/ports/language-model.ts';
import type { Lane } from '../../src/db/queues.ts';
import { decisions, inbox, outbox, tickets } from '../../src/db/schema.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { Channels } from '../../src/kit/channels.ts';
import { createLog } from '../../src/kit/log.ts';
import { createArticleSearch } from '../../src/knowledge/article-search.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import type { PageLinks } from '../../src/kit/page-links.ts';
import { createPipeline } from '../../src/pipeline/create.ts';
import type { Pipeline } from '../../src/pipeline/index.ts';
import { MORNING } from './builders.ts';
import { aLiveConfig, type TestConfig } from './live-config.ts';

/** A clock that stands still until it is told otherwise. */
export interface FakeClock {
  now(): Temporal.Instant;
  set(at: Temporal.Instant): void;
  forward(by: Temporal.DurationLike): void;
}

export function aClock(start = MORNING): FakeClock {
  const held = { at: start };
  return {
    now: () => held.at,
    set: (at) => void (held.at = at),
    forward: (by) => void (held.at = held.at.add(by)),
  };
}

/** The real pipeline over a real database, with the lanes that it woke written down. */
export interface TestDesk {
  pipeline: Pipeline;
  config: TestConfig;
  clock: FakeClock;
  woken: Lane[];
}

export function aDesk(
  connection: Connection,
  given: {
    config?: TestConfig;
    clock?: FakeClock;
    pause?: () => Promise<void>;
    pages?: Pick<PageLinks, 'linkTo'>;
    channelOf?: Channels;
    classifier?: () => Classifier | null;
    languageModel?: LanguageModel;
    earlierAnswers?: FindEarlierAnswers;
  } = {},
): TestDesk {
  const clock = given.clock ?? aClock();
  const config = given.config ?? aLiveConfig();
  const woken: Lane[] = [];
  const pipeline = createPipeline({
    connection,
    config,
    channelOf: given.channelOf ?? channelOf,
    replyTokens: createReplyTokens({ secret: 'of the tests' }),
    classifier: given.classifier ?? (() => null),
    languageModel: async () => given.languageModel ?? null,
    pages: given.pages ?? { linkTo: (key) => `https://help.example/survey/${key}` },
    findArticles: createArticleSearch(),
    earlierAnswers: given.earlierAnswers ?? (async () => []),
    wake: async (lane) => void woken.push(lane),
    now: clock.now,
    // Nobody's patience ends, unless a test is about that.
    pause: given.pause ?? (() => new Promise(() => {})),
    log: createLog('silent'),
  });
  return { pipeline, config, clock, woken };
}

/** What a website's form posted, as the inbox keeps it. Returns the row's id. */
export function postForm(
  connection: Connection,
  fields: Readonly<Record<string, string>>,
  given: { receivedAt?: Temporal.Instant; channel?: string } = {},
): Promise<string> {
  const body = new URLSearchParams(fields).toString();
  return post(connection, { channel: 'website', ...given, contentType: 'application/x-www-form-urlencoded', body });
}

/** What a script posted to the channel `json`. Returns the row's id. */
export function postJson(
  connection: Connection,
  body: object,
  given: { receivedAt?: Temporal.Instant; channel?: string } = {},
): Promise<string> {
  return post(connection, { channel: 'json', contentType: 'application/json', body: JSON.stringify(body), ...given });
}

async function post(
  { queries }: Connection,
  given: { channel: string; contentType: string; body: string; receivedAt?: Temporal.Instant },
): Promise<string> {
  const id = ulid();
  await queries.insert(inbox).values({
    id,
    channel: given.channel,
    deliveryId: id,
    receivedAt: given.receivedAt ?? MORNING,
    headers: { 'content-type': given.contentType },
    body: Buffer.from(given.body),
  });
  return id;
}

/** A form about a failed payment, from a person of that name. */
export function aForm(name: string, message = 'My payment failed twice.'): Record<string, string> {
  return { name, email: `${name.toLowerCase()}@example.com`, subject: 'Payment failed', message };
}

export async function allTickets({ queries }: Connection): Promise<Ticket[]> {
  const rows = await queries.select({ ticket: tickets.ticket }).from(tickets).orderBy(tickets.number);
  return rows.map((row) => row.ticket);
}

export function allDecisions({ queries }: Connection) {
  return queries.select().from(decisions).orderBy(decisions.seq);
}

export function allOutgoing({ queries }: Connection) {
  return queries.select().from(outbox).orderBy(outbox.seq);
}

export async function inboxRow({ queries }: Connection, id: string) {
  const rows = await queries.select().from(inbox);
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`no inbox row ${id}`);
  return row;
}
