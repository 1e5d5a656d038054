import type { Connectors } from '../../kit/connector.ts';
import type { Embedder, EmbedderSettings } from '../../ports/embedder.ts';
import type { ModelParts } from '../model/create.ts';
import { createModelLedger } from '../model/ledger.ts';

/** The model of vectors that the config in force names; null while it names none. */
export type CurrentEmbedder = () => Promise<Embedder | null>;

/** Opens the embedder of the config, and another when the config names another. */
export function createCurrentEmbedder(parts: ModelParts): CurrentEmbedder {
  let current: { by: string; embedder: Promise<Embedder> } | null = null;
  return async () => {
    const { version, embedder: settings, policy } = parts.config.current();
    if (settings === null) return null;
    if (current?.by !== version) current = { by: version, embedder: open(settings, policy.desk.timeZone, parts) };
    return current.embedder;
  };
}

function open(settings: EmbedderSettings, timeZone: string, parts: ModelParts): Promise<Embedder> {
  const { connection, now } = parts;
  const ledger = createModelLedger({ connection, settings, timeZone, now });
  return embedderOf(parts.connectors)(settings, { ...parts, ledger });
}

/** The one connector that opens models of vectors. */
export function embedderOf(connectors: Connectors): NonNullable<Connectors[string]['embedder']> {
  const opens = Object.values(connectors).find(({ embedder }) => embedder !== undefined)?.embedder;
  if (opens === undefined) throw new Error('No connector opens models of vectors.');
  return opens;
}
