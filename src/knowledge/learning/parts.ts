import type { LiveConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import { proposable } from '../../decide/opinions/proposals.ts';
import { Problem } from '../../domain/problem.ts';
import type { Log } from '../../kit/log.ts';
import type { Embedder } from '../../ports/embedder.ts';
import type { Now } from '../../ports/now.ts';
import type { CurrentEmbedder } from '../vectors/current-embedder.ts';
import type { Today } from './learned-classifier.ts';

/** What learning is given. */
export interface LearningParts {
  connection: Connection;
  config: Pick<LiveConfig, 'current'>;
  /** Gives vectors of texts; null where the config names none. */
  embedder: CurrentEmbedder;
  /** Wakes the lane that learns, and the one in which tickets are judged again. */
  wake(lane: 'learn' | 'advise'): Promise<void>;
  now: Now;
  log: Log;
}

export function todayIn(config: LearningParts['config']): Today {
  const { policy, learning } = config.current();
  return {
    names: { categories: policy.categories, renamed: learning.renamed },
    proposable: Object.fromEntries(policy.triage.proposes.map((field) => [field, proposable(field, policy)])),
  };
}

/** What is learned depends on these; when they change, it is learned anew. */
export function settingsOf({ config }: Pick<LearningParts, 'config'>, space: string | null): string {
  const { promise } = config.current().learning;
  const today = todayIn(config);
  return JSON.stringify({ promise, ...today.names, proposable: today.proposable, ...(space !== null && { space }) });
}

/** Whose vectors are asked for, and from whom. */
export interface AskedVectors {
  embedder: Embedder;
  space: string;
}

/** Null for none, and while there is no endpoint to ask. */
export async function askedVectors({
  embedder: current,
  log,
}: Pick<LearningParts, 'embedder' | 'log'>): Promise<AskedVectors | null> {
  const embedder = await current();
  if (embedder === null) return null;
  try {
    return { embedder, space: await embedder.space() };
  } catch (err) {
    if (!(err instanceof Problem)) throw err;
    log.warn({ err }, 'vectors of texts cannot be asked for; it is learned from words alone');
    return null;
  }
}
