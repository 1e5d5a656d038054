import type { Notifier } from '../ports/notifier.ts';
import type { Now } from '../ports/now.ts';
import { ask as askNetwork } from './ask.ts';
import type { Ask, Connectors, Environment } from './connector.ts';

/** What a way of the team's is made of, as the config in force has it. */
export interface WayWritten {
  /** Id of the connector. */
  kind: string;
  access: string | null;
  secrets: readonly string[] | null;
  /** May stand in a network of the team's own. */
  internal: boolean;
  settings: unknown;
}

/** Gives what tells people over a way; the same one as long as the config is the same. Null where its kind tells nobody. */
export type Notifiers = (written: WayWritten) => Promise<Notifier> | null;

export interface NotifiersGiven {
  connectors: Connectors;
  environment: Environment;
  now: Now;
  /** Asks another system; left out, over the network. */
  ask?: Ask;
}

/** Opens ways, each once: some keep what they have learned. */
export function createNotifiers({ connectors, ask = askNetwork, ...given }: NotifiersGiven): Notifiers {
  // A changed config brings new objects, so nothing old is ever found here.
  const made = new WeakMap<WayWritten, Promise<Notifier>>();
  return (written) => {
    const { kind, access, internal, settings } = written;
    const { notifier: role, reach } = connectors[kind] ?? {};
    if (role === undefined || reach === undefined) return null;
    const secrets = written.secrets ?? [];
    const asking: Ask = (url, asked) => ask(url, { internal, ...asked });
    const notifier = made.get(written) ?? role.create(settings, { ...given, access, secrets, ask: asking });
    made.set(written, notifier);
    return notifier;
  };
}
