import type { Connectors, Environment } from '../kit/connector.ts';
import type { Finding, WayConfig } from './live.ts';
import { secretsNamed } from './secrets.ts';
import type { Source } from './source.ts';
import type { Notices } from './written/notices.ts';
import { listOf } from './written/words.ts';

/** The ways by which the team is told, with the secrets that the environment holds now. */
export function waysOf(
  { ways }: Notices,
  environment: Environment,
  connectors: Connectors,
): Readonly<Record<string, WayConfig>> {
  return Object.fromEntries(
    Object.entries(ways).map(([name, { kind, room = null, internal, ...way }]) => {
      const shown = secretsNamed([way.access], environment);
      const signing = secretsNamed(listOf(way.secret ?? []), environment);
      const isLocked = signing.found.length === 0 && signing.missing.length > 0;
      return [
        name,
        {
          name,
          kind,
          room,
          access: shown.found[0] ?? null,
          secrets: isLocked ? null : signing.found,
          missingSecrets: [...shown.missing, ...signing.missing],
          internal,
          settings: connectors[kind]?.notifier?.settings.parse(way.settings),
        },
      ];
    }),
  );
}

/** A way without its secret tells nobody; those whom it was to tell are told by mail. */
export function missingInWays(ways: Readonly<Record<string, WayConfig>>, source: Source): readonly Finding[] {
  return Object.values(ways).flatMap(({ name, missingSecrets }) =>
    missingSecrets.map((variable) => ({
      severity: 'warning' as const,
      file: source.file,
      ...source.placeOf(['ways', name]),
      path: `ways.${name}`,
      message: `${variable} is not set, so that "${name}" tells nobody and mail goes out instead`,
      fix: 'Set it in the environment or in .env, and start again.',
    })),
  );
}
