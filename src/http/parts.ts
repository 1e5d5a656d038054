import type { Router } from 'express';
import type { Attachments } from '../attachments/index.ts';
import type { Backtests } from '../backtest/index.ts';
import type { LiveConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import type { Inbox } from '../inbox/index.ts';
import type { Log } from '../kit/log.ts';
import type { Metrics } from '../kit/metrics.ts';
import type { Role } from '../kit/role.ts';
import type { PageLinks } from '../kit/page-links.ts';
import type { Learning } from '../knowledge/learning/index.ts';
import type { Pipeline } from '../pipeline/index.ts';
import type { Now } from '../ports/now.ts';
import type { BaseWatch } from '../sync/base-watch.ts';
import type { News } from '../sync/news.ts';
import type { ApiTokens } from './api-access.ts';
import type { Leaving } from './leaving.ts';

/** What the app is made of. */
export interface HttpParts {
  inbox: Inbox;
  /** The address at which people and systems reach us, without a slash at its end; null where nobody said. */
  publicAddress: string | null;
  /** Hands out files to whoever has their address. */
  attachments: Pick<Attachments, 'open'>;
  /** Takes calls of the base; null where it was not given our address. */
  news: Pick<News, 'kind' | 'hear'> | null;
  /** Knows the addresses that lead to a survey. */
  pages: Pick<PageLinks, 'opens'>;
  /** Takes what a requester says of how it was. */
  rate: Pipeline['rate'];
  /** Finds articles that fit a text. */
  findArticles: FindArticles;
  config: LiveConfig;
  connection: Connection;
  /** The console's pages; asked after everything else. */
  consoleRouter: Router;
  apiTokens: ApiTokens;
  base: BaseWatch;
  /** What the desk learned from its own tickets. */
  learning: Pick<Learning, 'state' | 'want'>;
  /** Changed configs, tried on past tickets. */
  backtests: Pick<Backtests, 'begin' | 'state' | 'cancel'>;
  now: Now;
  log: Log;
  metrics: Metrics;
  /** Whether this process was told to stop. */
  leaving: Pick<Leaving, 'hasBegun'>;
  /** What this process does. */
  role: Role;
}
