import type { Connectors, Environment } from '../kit/connector.ts';
import type { Finding, LoadedConfig } from './live.ts';
import type { Source } from './source.ts';
import type { Mail } from './written/desk.ts';
import { environmentName } from './written/words.ts';

/** The connector by which mail leaves. */
export const MAIL_KIND = 'email';

/** How mail leaves, with the settings as the connector reads them. */
export function mailOf({ perMinute, perRecipient, settings }: Mail, connectors: Connectors): LoadedConfig['mail'] {
  const read = connectors[MAIL_KIND]?.notifier?.settings.parse(settings);
  return { perMinute: perMinute ?? null, perRecipient, settings: read };
}

/** A secret that its settings name and the environment does not hold. */
export function missingInMail({ settings }: Mail, source: Source, environment: Environment): readonly Finding[] {
  return referencesIn(settings).flatMap(({ path, reference }) => {
    const variable = environmentName(reference);
    if (environment[variable]) return [];
    const at = ['mail', 'settings', ...path];
    return [
      {
        severity: 'warning' as const,
        file: source.file,
        ...source.placeOf(at),
        path: at.join('.'),
        message: `${variable} is not set, so that no mail leaves`,
        fix: 'Set it in the environment or in .env, and start again.',
      },
    ];
  });
}

function referencesIn(
  value: unknown,
  path: readonly string[] = [],
): readonly { path: readonly string[]; reference: string }[] {
  if (typeof value === 'string') return value.startsWith('env:') ? [{ path, reference: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => referencesIn(held, [...path, key]));
}
