import type { Backtests } from '../../src/backtest/index.ts';
import { NO_BACKTESTS } from './backtests.ts';
import { A_LEARNER_OF_NOTHING } from './learning-states.ts';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { channelOf } from './channels.ts';
import type { Inbox } from '../../src/inbox/index.ts';
import type { Channels } from '../../src/kit/channels.ts';
import type { ChannelConfig } from '../../src/config/live.ts';
import type { Connection } from '../../src/db/connection.ts';
import { createHttpApp } from '../../src/http/app.ts';
import type { HttpParts } from '../../src/http/parts.ts';
import { createInbox } from '../../src/inbox/create.ts';
import { createLog, type LogLevel } from '../../src/kit/log.ts';
import { createMetrics } from '../../src/kit/metrics.ts';
import { createArticleSearch } from '../../src/knowledge/article-search.ts';
import type { TestMarks } from '../../src/kit/test-marks.ts';
import type { Now } from '../../src/ports/now.ts';
import { MORNING } from './builders.ts';
import { aQuietBase } from './quiet-base.ts';
import { aChannel, aLiveConfig, type TestConfig } from './live-config.ts';

/** The service as far as receiving goes, on a port of the system's choice. */
export interface TestServer {
  /** `http://127.0.0.1:…`, without a slash at its end. */
  address: string;
  config: TestConfig;
  inbox: Inbox;
  /** How often the lane behind the inbox was woken. */
  wakes(): number;
  /** How many requests have come in, answered or not. */
  requests(): number;
  /** Every line of the log, as it was written. */
  log: string[];
  close(): Promise<void>;
}

/** What opens the API of a test server. */
export const TOKEN = 'token-of-the-tests';
export const READ_TOKEN = 'a token that only reads';

const STAYING: Pick<HttpParts, 'leaving'> = { leaving: { hasBegun: () => false } };

const NO_PAGES: HttpParts['pages'] = { opens: () => ({ kind: 'unknown' }) };

/** A channel of any JSON, with the token `letmein`. */
export function aJsonChannel(overrides: Partial<ChannelConfig> = {}): ChannelConfig {
  return aChannel({ name: 'json', kind: 'json', secrets: { tokens: ['letmein'], signing: [] }, ...overrides });
}

export async function aServer(
  connection: Connection,
  given: {
    channels?: readonly ChannelConfig[];
    channelOf?: Channels;
    now?: Now;
    wake?: () => Promise<void>;
    logLevel?: LogLevel;
    attachments?: HttpParts['attachments'];
    news?: HttpParts['news'];
    base?: HttpParts['base'];
    pages?: HttpParts['pages'];
    rate?: HttpParts['rate'];
    config?: TestConfig;
    testMarks?: TestMarks;
    backtests?: Pick<Backtests, 'begin' | 'state' | 'cancel'>;
    /** The console behind the doors of this very server. */
    consoleOf?: (inbox: Inbox) => express.Router;
  } = {},
): Promise<TestServer> {
  const config = given.config ?? aLiveConfig({ channels: given.channels ?? [aChannel(), aJsonChannel()] });
  const now = given.now ?? (() => MORNING);
  const lines: string[] = [];
  const log = createLog(given.logLevel ?? 'debug', { write: (line) => void lines.push(line) });
  let wakes = 0;
  const inbox = createInbox({
    connection,
    channels: () => config.current().channels,
    channelOf: given.channelOf ?? channelOf,
    async wake() {
      wakes += 1;
      await given.wake?.();
    },
    ...(given.testMarks !== undefined && { testMarks: given.testMarks }),
    now,
    log,
  });
  const metrics = createMetrics();
  const consoleRouter = given.consoleOf?.(inbox) ?? express.Router();
  const parts = { inbox, publicAddress: null, config, connection, consoleRouter, now, log, metrics, ...STAYING };
  const attachments = given.attachments ?? { open: async () => ({ kind: 'unknown' }) };
  const { news = null, pages = NO_PAGES, rate = async () => undefined } = given;
  const app = createHttpApp({
    role: 'all',
    ...parts,
    attachments,
    news,
    pages,
    rate,
    findArticles: createArticleSearch(),
    apiTokens: { token: TOKEN, readToken: READ_TOKEN },
    base: given.base ?? aQuietBase(),
    learning: A_LEARNER_OF_NOTHING,
    backtests: given.backtests ?? NO_BACKTESTS,
  });
  const server = app.listen(0, '127.0.0.1');
  let requests = 0;
  server.on('request', () => void (requests += 1));
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    config,
    inbox,
    wakes: () => wakes,
    requests: () => requests,
    log: lines,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await inbox.drained();
    },
  };
}
