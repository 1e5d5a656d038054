import type { Connectors, Environment } from '../kit/connector.ts';
import type { ChannelConfig, NamedSecret } from './live.ts';
import { nameBefore, secretsNamed } from './secrets.ts';
import type { Channel, Channels } from './written/channels.ts';
import { environmentName, listOf } from './written/words.ts';

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
  channel: Channel,
  environment: Environment,
): Pick<ChannelConfig, 'secrets' | 'access' | 'missingSecrets' | 'named'> {
  const { token, secret, access } = channel;
  const tokens = secretsNamed(listOf(token ?? []), environment);
  const signing = secretsNamed(listOf(secret ?? []), environment);
  const shown = secretsNamed(listOf(access ?? []), environment);
  const missingSecrets = [...new Set([...tokens.missing, ...signing.missing, ...shown.missing])];
  const isLocked = [tokens, signing].some(({ found, missing }) => found.length === 0 && missing.length > 0);
  const secrets = isLocked ? null : { tokens: tokens.found, signing: signing.found };
  return { secrets, access: shown.found[0] ?? null, missingSecrets, named: namedIn(channel, environment) };
}

/** What signs may be what we show as well, as with Twilio: one secret all the same. */
function namedIn({ token, secret, access, settings }: Channel, environment: Environment): readonly NamedSecret[] {
  const all = [
    ...namesIn('token', token),
    ...namesIn('secret', secret),
    ...namesIn('access', access),
    ...namesIn('settings', referencesIn(settings)),
  ];
  const first = all.filter(({ variable }, at) => all.findIndex((each) => each.variable === variable) === at);
  return first.map(({ role, variable }) => ({
    role,
    variable,
    isSet: Boolean(environment[variable]),
    hasBefore: Boolean(environment[nameBefore(variable)]),
  }));
}

function namesIn(role: NamedSecret['role'], references: string | readonly string[] = []) {
  return listOf(references).map((reference) => ({ role, variable: environmentName(reference) }));
}

/** Settings name secrets as everything else does, and which of them do is for the connector to know. */
function referencesIn(settings: unknown): readonly string[] {
  if (typeof settings === 'string') return /^env:\w+$/.test(settings) ? [settings] : [];
  return settings !== null && typeof settings === 'object' ? Object.values(settings).flatMap(referencesIn) : [];
}
