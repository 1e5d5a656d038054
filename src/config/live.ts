import type { ChannelSecrets } from '../ports/channel.ts';
import type { SecretRole } from '../kit/channel-set-up.ts';
import type { Policy } from '../decide/policy.ts';
import type { EmbedderSettings } from '../ports/embedder.ts';
import type { ModelSettings } from '../ports/language-model.ts';
import type { WantedTable } from '../ports/store-tables.ts';
import type { AccessSettings } from './access.ts';
import type { AgentsTable, KnownNames, TableAgent } from './agents-table.ts';
import type { ArticlesTable } from './articles-table.ts';
import type { LearningSettings } from './learning.ts';
import type { LookUpConfig } from './lookups.ts';
import type { ReportSettings } from './reports.ts';
import type { SubscriptionConfig } from './subscriptions.ts';
import type { TableLookUp } from './table-lookups.ts';

/** Something about the config files, and where it stands. Line and column count from 1. */
export interface Finding {
  severity: 'error' | 'warning';
  file: string;
  line: number;
  column: number;
  /** The key, as `rules.0.then.category`; empty for the file as a whole. */
  path: string;
  /** What is wrong, with the value. */
  message: string;
  /** What was expected, and the nearest valid name. */
  fix: string;
}

/** A secret that the config names for a channel, by its variable. */
export interface NamedSecret {
  variable: string;
  /** Under which key; `settings` for one that the channel's own settings name. */
  role: SecretRole | 'settings';
  isSet: boolean;
  /** Whether the one before it goes on counting. */
  hasBefore: boolean;
}

/** One way in, as the config has it. */
export interface ChannelConfig {
  /** The name in its address: `/hooks/<name>`. */
  name: string;
  /** Id of the connector. */
  kind: string;
  title: string;
  paused: boolean;
  /** Largest body, in bytes. */
  maxBytes: number;
  /** Requests a minute; more are answered 429. */
  perMinute: number;
  /** Null when the environment holds none of the tokens, or none of the signing secrets, that the config names. */
  secrets: ChannelSecrets | null;
  /** What the sender's system is shown when we ask it something; null where none is named, or it is not set. */
  access: string | null;
  /** Names of environment variables that the config asks for and that are not set. */
  missingSecrets: readonly string[];
  /** All secrets that the config names, those that are set too. */
  named: readonly NamedSecret[];
  /** As the connector's schema let them through. */
  settings: unknown;
}

/** One way by which the team is told, as the config has it. */
export interface WayConfig {
  name: string;
  /** Id of the connector. */
  kind: string;
  /** Null where it tells each person alone, or the room that it has by itself. */
  room: string | null;
  /** What its system is shown; null where none is named, or it is not set. */
  access: string | null;
  /** What is signed with; null when the environment holds none of those that the config names. */
  secrets: readonly string[] | null;
  /** Names of environment variables that the config asks for and that are not set. */
  missingSecrets: readonly string[];
  /** May stand in a network of the team's own. */
  internal: boolean;
  /** As the connector's schema let them through. */
  settings: unknown;
}

/** Agents whom a table of the base names: what the same files come to with them. */
export interface Staffing {
  table: AgentsTable;
  known: KnownNames;
  /** The policy with these agents, and what is wrong with the files then. */
  withAgents(agents: readonly TableAgent[]): { policy: Policy; warnings: readonly Finding[] };
}

/** A config folder that passed every check. */
export interface LoadedConfig {
  version: string;
  policy: Policy;
  channels: Readonly<Record<string, ChannelConfig>>;
  /** Ways by which the team is told, beside mail. */
  ways: Readonly<Record<string, WayConfig>>;
  /** The services that are asked about people, in the order in which they count. */
  lookUps: readonly LookUpConfig[];
  /** The tables of the base in which people are looked up. */
  tableLookUps: readonly TableLookUp[];
  /** Which systems follow tickets. */
  subscriptions: readonly SubscriptionConfig[];
  /** How the desk learns from its own tickets. */
  learning: LearningSettings;
  /** The language model that is asked; null where none is. */
  model: ModelSettings | null;
  /** The model that gives vectors of texts, for learning; null where none does. */
  embedder: EmbedderSettings | null;
  store: { kind: string; settings: unknown };
  mail: {
    /** Null where mail leaves as fast as the server takes it. */
    perMinute: number | null;
    /** Letters to one address that nobody wrote. */
    perRecipient: { hour: number; day: number };
    /** As the connector's schema let them through. */
    settings: unknown;
  };
  /** Tables of the base beside the tickets' own, from which something is taken; each name once. */
  tables: readonly WantedTable[];
  /** Null where all agents are in people.yaml. */
  staffing: Staffing | null;
  /** Null where all articles are in articles/. */
  articlesTable: ArticlesTable | null;
  /** Who comes into the console by the provider, and which passwords open it. */
  access: AccessSettings;
  /** Whether everybody may read the approved articles on a page. */
  helpPage: boolean;
  /** What the desk looks at. */
  reports: ReportSettings;
  /** Until when the desk only looks on; null where it acts. */
  shadow: { until: Temporal.Instant } | null;
  /** For so long after their end tickets are kept with their words; null where for ever. */
  retention: { written: string; span: Temporal.Duration } | null;
  /** File name → text, as it was when this version was loaded. */
  files: Readonly<Record<string, string>>;
  warnings: readonly Finding[];
}

/** The config in force, kept up to date with the files. */
export interface LiveConfig {
  current(): LoadedConfig;
  /** What is wrong with the files as they are now, while an older version stays in force; null when all is well. */
  refused(): readonly Finding[] | null;
  /** Calls back after each change: with the new config in force, or after a refusal. */
  onChange(listener: () => void): void;
  /** Reads the files again now; the watcher calls it, and so does a test. */
  reload(): Promise<void>;
  /** Has what is in force look for its secrets once more, as they may be other ones now. The files count as they did. */
  lookForSecrets(): Promise<void>;
  close(): Promise<void>;
}
