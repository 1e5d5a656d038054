import type { RowFinding } from '../config/agent-rows.ts';
import type { Finding, LoadedConfig } from '../config/live.ts';
import type { RetentionMark } from '../db/retention-mark.ts';
import type { Instance } from '../db/instances.ts';
import type { Access } from '../kit/access.ts';
import type { Here } from './badges.ts';
import type { ChannelNow } from './channel-state.ts';
import type { SubscriptionState } from './event-rows.ts';
import type { Health } from './health-rows.ts';
import type { LearningState } from '../knowledge/learning/index.ts';
import type { ModelState } from '../knowledge/model/standing.ts';
import type { CallState } from '../sync/base-watch.ts';
import type { TableState } from '../sync/tables.ts';
import type { ConsoleStatus } from './parts.ts';
import type { WayState } from './ways-rows.ts';

/** What the page about the desk's health shows. */
export interface HealthView {
  /** How many rules somebody is to look at. */
  rulesToReview: number;
  health: Health;
  config: LoadedConfig;
  refused: readonly Finding[] | null;
  status: ConsoleStatus;
  /** How the base's calls stand; null for a base that calls nobody. */
  calls: CallState | null;
  /** Tables of the base beside the tickets' own, and what is wrong with their rows. */
  tables: readonly TableState[];
  /** Systems that follow tickets. */
  subscriptions: readonly SubscriptionState[];
  rowFindings: readonly RowFinding[];
  /** Ways to the team, in the order of the config. */
  ways: readonly WayState[];
  channels: readonly ChannelNow[];
  /** What the desk learned from its own tickets. */
  learning: LearningState;
  /** How it stands with tickets that are kept for a while only; null where nobody has looked yet. */
  retention: RetentionMark | null;
  /** Null where no language model is asked. */
  model: ModelState | null;
  database: { engine: string; place: string };
  /** Processes that share it; none where it is embedded. */
  instances: readonly Instance[];
  /** Of whoever looks: forms are for those who may send them. */
  access: Access;
  csrfToken: string;
  now: Temporal.Instant;
}

/** The moment of the page, and the zone that it speaks in. */
export function momentsOf({ now, config }: Pick<HealthView, 'now' | 'config'>): Here {
  return { now, timeZone: config.policy.desk.timeZone };
}
