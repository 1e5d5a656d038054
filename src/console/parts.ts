import type { Attachments } from '../attachments/index.ts';
import type { Backtests } from '../backtest/index.ts';
import type { LiveConfig } from '../config/live.ts';
import type { SecretKeeper } from '../config/secret-keeper.ts';
import type { Connection } from '../db/connection.ts';
import type { Events } from '../events/index.ts';
import type { TurnedAway } from '../inbox/index.ts';
import type { ListenerState } from '../inbox/listeners.ts';
import type { Access } from '../kit/access.ts';
import type { Channels } from '../kit/channels.ts';
import type { Ask, Connector } from '../kit/connector.ts';
import type { Log } from '../kit/log.ts';
import type { CurrentModel } from '../knowledge/model/create.ts';
import type { Knowledge } from '../knowledge/create.ts';
import type { Learning } from '../knowledge/learning/index.ts';
import type { Pipeline } from '../pipeline/index.ts';
import type { Now } from '../ports/now.ts';
import type { WeeklySending } from '../reports/weekly/sending.ts';
import type { BaseWatch } from '../sync/base-watch.ts';
import type { Tables } from '../sync/tables.ts';
import type { Team } from '../sync/team.ts';

/** What opens the console: for an admin the password when one is set, else the token. */
export interface ConsoleSecret {
  password: string | null;
  token: string;
  /** For those who may do less; null where there is none. */
  passwords: Readonly<Record<Exclude<Access, 'admin'>, string | null>>;
}

/** What only the running process knows. */
export interface ConsoleStatus {
  /** The address at which people reach us, without a slash at its end; null to go by the request. */
  publicAddress: string | null;
  /** How the base is called: `Airtable`, `Notion`, `embedded`. */
  storeTitle: string;
  /** Where a person opens a row of the base; null when there is no such page. */
  addressOfRow(rowId: string): string | null;
  /** A config file as it stands on disk, by the path that findings name; null when it cannot be read. */
  configSource(file: string): string | null;
  /** Where the config files are. */
  configFolder: string;
  /** When the process began. */
  startedAt: Temporal.Instant;
  base: Pick<BaseWatch, 'requestsSpent' | 'locked' | 'calls' | 'openCalls' | 'writeRefused'>;
}

/** Everything that the console is made of. It keeps nothing but sessions; all work is the pipeline's. */
export interface ConsoleParts {
  connection: Connection;
  pipeline: Pipeline;
  config: LiveConfig;
  secret: ConsoleSecret;
  outbox: {
    /** Sends something again that was given up. Throws `outbox.not-found`. */
    retry(key: string): Promise<void>;
    /** Sends a test over a way. Throws a `Problem` where it does not work. */
    tryWay(way: string, person: string): Promise<void>;
  };
  attachments: Pick<Attachments, 'open'>;
  events: Pick<Events, 'test' | 'again' | 'switchOff' | 'switchOn'>;
  knowledge: Pick<Knowledge, 'gaps' | 'problems' | 'findArticles' | 'pastAnswers'>;
  /** What the desk learned from its own tickets. */
  learning: Pick<Learning, 'state' | 'want'>;
  tables: Pick<Tables, 'state' | 'lookSoon'>;
  team: Pick<Team, 'setAway' | 'findings'>;
  /** The ways in: what they turned away, whether those listen that do, and how they are set up and tried. */
  doors: {
    lastTurnedAway(channel: string): TurnedAway | null;
    listening(): readonly ListenerState[];
    channelOf: Channels;
    /** The spec sheet of a kind; null where there is no such kind. */
    kindOf(kind: string): Pick<Connector, 'title' | 'setUp'> | null;
    /** What a test over a channel bears now; `id` is another for each test. */
    markOf(channel: string, id: string): string;
  };
  weekly: Pick<WeeklySending, 'writeAgain'>;
  /** Changed configs, tried on past tickets. */
  backtests: Pick<Backtests, 'begin' | 'state' | 'cancel'>;
  /** Asks the provider that says who people are. */
  ask: Ask;
  /** Puts secrets of channels in force. */
  keeper: SecretKeeper;
  /** The language model of the config; null where it names none. */
  model: CurrentModel;
  status: ConsoleStatus;
  now: Now;
  log: Log;
}
