import type { Queries } from '../../db/connection.ts';
import type { StoredProblem } from '../../db/schema.ts';
import { Problem } from '../../domain/problem.ts';
import type { Embedder, EmbedderSettings } from '../../ports/embedder.ts';
import { modelStanding } from '../model/standing.ts';

/** How it stands with vectors of texts. */
export interface VectorsStanding {
  /** The model of vectors that the config names. */
  name: string;
  /** Of this month. */
  requests: number;
  /** Of this month; null where the config names no price. */
  cost: { amount: number; currency: string } | null;
  /** Why none can be asked for; null where they can be. */
  unasked: StoredProblem | null;
  /** Why some could not be had this month, the last time, and on which day of the desk: `2026-11-20`. */
  failed: { problem: StoredProblem; day: string } | null;
}

export async function vectorsStanding(
  queries: Queries,
  { name, prices }: Pick<EmbedderSettings, 'name' | 'prices'>,
  { embedder, today }: { embedder: Pick<Embedder, 'space'>; today: Temporal.PlainDate },
): Promise<VectorsStanding> {
  const { own, failed } = await modelStanding(queries, { model: name, today });
  return {
    name,
    requests: own.requests,
    cost: prices === null ? null : { amount: own.cost, currency: prices.currency },
    unasked: await whyUnasked(embedder),
    failed: failed === null ? null : { problem: failed.problem, day: failed.day },
  };
}

async function whyUnasked(embedder: Pick<Embedder, 'space'>): Promise<StoredProblem | null> {
  try {
    await embedder.space();
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message, fix } = error;
    return { code, message, fix };
  }
}
