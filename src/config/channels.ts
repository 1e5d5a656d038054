import type { Connectors, Environment } from '../kit/connector.ts';
import type { ChannelConfig } from './live.ts';
import { secretsNamed } from './secrets.ts';
import type { Channel, Channels } from './written/channels.ts';
import { listOf } from './written/words.ts';

/** The ways in, with the secrets that the environment holds now and the settings as their connectors read them. */
export function channelsOf(
  { channels }: Channels,
  environment: Environment,
  connectors: Connectors,
): Readonly<Record<string, ChannelConfig>> {
  return Object.fromEntries(
    Object.entries(channels).map(([name, channel]) => {
      const { kind, title = name, maxBytes, perMinute, paused } = channel;
      const settings = connectors[kind]?.channel?.settings.parse(channel.settings);
      return [name, { name, kind, title, maxBytes, perMinute, paused, ...secretsOf(channel, environment), settings }];
    }),
  );
}

/** The channel over which tickets have pages for their requesters; null where there is none, or it is paused. */
export function portalIn(channels: Readonly<Record<string, ChannelConfig>>): string | null {
  return Object.values(channels).find(({ kind, paused }) => kind === 'portal' && !paused)?.name ?? null;
}

/** While secrets are changed, one of the two is enough. */
function secretsOf(
  { token, secret, access }: Channel,
  environment: Environment,
): Pick<ChannelConfig, 'secrets' | 'access' | 'missingSecrets'> {
  const tokens = secretsNamed(listOf(token ?? []), environment);
  const signing = secretsNamed(listOf(secret ?? []), environment);
  const shown = secretsNamed(listOf(access ?? []), environment);
  const missingSecrets = [...tokens.missing, ...signing.missing, ...shown.missing];
  const isLocked = [tokens, signing].some(({ found, missing }) => found.length === 0 && missing.length > 0);
  const secrets = isLocked ? null : { tokens: tokens.found, signing: signing.found };
  return { secrets, access: shown.found[0] ?? null, missingSecrets };
}
