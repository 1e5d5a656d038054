import type { AccessSettings } from '../../src/config/access.ts';
import type { ChannelConfig, LiveConfig, LoadedConfig, WayConfig } from '../../src/config/live.ts';
import type { LearningSettings } from '../../src/config/learning.ts';
import type { LookUpConfig } from '../../src/config/lookups.ts';
import type { ReportSettings, WeeklySettings } from '../../src/config/reports.ts';
import type { SubscriptionConfig } from '../../src/config/subscriptions.ts';
import type { TableLookUp } from '../../src/config/table-lookups.ts';
import type { Policy } from '../../src/decide/policy.ts';
import type { EmbedderSettings } from '../../src/ports/embedder.ts';
import type { ModelSettings } from '../../src/ports/language-model.ts';
import type { WantedTable } from '../../src/ports/store-tables.ts';
import { aPolicy } from './builders.ts';

/** A channel of our own request form, open to everybody. */
export function aChannel(overrides: Partial<ChannelConfig> = {}): ChannelConfig {
  return {
    name: 'website',
    kind: 'form',
    title: 'Website',
    paused: false,
    maxBytes: 1_000_000,
    perMinute: 100_000,
    secrets: { tokens: [], signing: [] },
    access: null,
    missingSecrets: [],
    named: [],
    settings: {},
    ...overrides,
  };
}

/** A way to the team in a chat. */
export function aWay(overrides: Partial<WayConfig> = {}): WayConfig {
  return {
    name: 'team',
    kind: 'chat',
    room: null,
    access: 'of the tests',
    secrets: [],
    missingSecrets: [],
    internal: false,
    settings: {},
    ...overrides,
  };
}

export interface TestConfig extends LiveConfig {
  /** Puts another policy in force, as a saved file would. */
  change(policy: Policy): void;
}

/** A config that stays in force as it was loaded. */
export function aStandingConfig(loaded: LoadedConfig): LiveConfig {
  return {
    current: () => loaded,
    refused: () => null,
    onChange: () => undefined,
    reload: async () => undefined,
    lookForSecrets: async () => undefined,
    close: async () => undefined,
  };
}

/** What a desk says of its worth that says nothing. */
const NOTHING_GIVEN: ReportSettings['value'] = {
  baseline: { source: null, from: null, until: null, tickets: null, figures: {} },
  assumptions: {
    triageMinutes: null,
    correctionMinutes: 2,
    reassignmentMinutes: 6,
    meetingsBefore: 0,
    meetingsNow: 0,
    hourCost: null,
    runningCost: 0,
    currency: 'EUR',
  },
};

/** A config in force, without files behind it unless some are given. */
export function aLiveConfig(
  given: {
    policy?: Policy;
    channels?: readonly ChannelConfig[];
    lookUps?: readonly LookUpConfig[];
    tableLookUps?: readonly TableLookUp[];
    tables?: readonly WantedTable[];
    ways?: readonly WayConfig[];
    subscriptions?: readonly SubscriptionConfig[];
    learning?: Partial<LearningSettings>;
    model?: ModelSettings;
    embedder?: EmbedderSettings;
    helpPage?: boolean;
    access?: AccessSettings;
    files?: LoadedConfig['files'];
    weekly?: WeeklySettings;
    shadow?: LoadedConfig['shadow'];
    retention?: LoadedConfig['retention'];
  } = {},
): TestConfig {
  const channels = Object.fromEntries((given.channels ?? [aChannel()]).map((channel) => [channel.name, channel]));
  const listeners: (() => void)[] = [];
  const held = { current: loaded(given.policy ?? aPolicy()) };
  function loaded(policy: Policy): LoadedConfig {
    return {
      version: policy.version,
      policy,
      channels,
      ways: Object.fromEntries((given.ways ?? []).map((way) => [way.name, way])),
      lookUps: given.lookUps ?? [],
      tableLookUps: given.tableLookUps ?? [],
      subscriptions: given.subscriptions ?? [],
      learning: { isOn: true, promise: 0.95, renamed: {}, ...given.learning },
      model: given.model ?? null,
      embedder: given.embedder ?? null,
      store: { kind: 'embedded', settings: {} },
      mail: { perMinute: null, perRecipient: { hour: 20, day: 100 }, settings: {} },
      tables: given.tables ?? [],
      staffing: null,
      articlesTable: null,
      reports: {
        primary: 'tickets_per_customer',
        staffing: { handlingMinutes: 15, withinMinutes: 60, share: 0.8 },
        weekly: given.weekly ?? null,
        value: NOTHING_GIVEN,
      },
      shadow: given.shadow ?? null,
      retention: given.retention ?? null,
      helpPage: given.helpPage ?? false,
      access: given.access ?? { provider: null, who: [], passwords: 'all' },
      files: given.files ?? {},
      warnings: [],
    };
  }
  return {
    current: () => held.current,
    refused: () => null,
    onChange: (listener) => void listeners.push(listener),
    reload: async () => undefined,
    lookForSecrets: async () => undefined,
    close: async () => undefined,
    change(policy) {
      held.current = loaded(policy);
      for (const listener of listeners) listener();
    },
  };
}
