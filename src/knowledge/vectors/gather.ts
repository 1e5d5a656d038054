import { createHash } from 'node:crypto';
import type { Connection } from '../../db/connection.ts';
import { keepVectors, readVectors } from '../../db/text-vectors.ts';
import { Problem } from '../../domain/problem.ts';
import type { Log } from '../../kit/log.ts';
import type { Embeddable, Embedder, Vector } from '../../ports/embedder.ts';
import type { Now } from '../../ports/now.ts';

/** What vectors are asked for with. */
export interface GatherParts {
  connection: Pick<Connection, 'queries'>;
  now: Now;
  log: Log;
}

/** What is asked for, and within how many seconds each answer must be there. */
export interface Wanted {
  texts: readonly Embeddable[];
  seconds: number;
  signal?: AbortSignal;
}

export interface Gathered {
  /** By name. */
  vectors: ReadonlyMap<string, Vector>;
  /** Whether the endpoint failed, so that some are missing that it may give later. */
  isStopped: boolean;
}

/** The name under which the vector of a text is kept: the same text in the same space is asked about once. */
export function nameOfVector(space: string, text: string): string {
  return createHash('sha256').update(`${space}\n${text}`).digest('base64url');
}

/** The vectors of texts: those that are kept, and the others from the embedder, which are kept from then on. */
export async function gatherVectors(
  { connection: { queries }, now, log }: GatherParts,
  embedder: Embedder,
  { texts, seconds, signal }: Wanted,
): Promise<Gathered> {
  const vectors = new Map<string, Vector>();
  try {
    const space = await embedder.space();
    const named = new Map(texts.map((each) => [nameOfVector(space, each.text), each]));
    for (const [name, vector] of await readVectors(queries, [...named.keys()])) vectors.set(name, vector);
    const missing = [...named].filter(([name]) => !vectors.has(name));
    for (let from = 0; from < missing.length; from += embedder.most) {
      const some = missing.slice(from, from + embedder.most);
      const asked = some.map(([, text]) => text);
      const made = await embedder.embed(asked, { seconds, ...(signal && { signal }) });
      const fresh = new Map(some.flatMap(([name], index) => pair(name, made[index])));
      await keepVectors(queries, fresh, now());
      for (const [name, vector] of fresh) vectors.set(name, vector);
    }
    return { vectors, isStopped: false };
  } catch (err) {
    if (!(err instanceof Problem)) throw err;
    log.warn({ err }, 'vectors of texts could not be had; words must do');
    return { vectors, isStopped: true };
  }
}

function pair(name: string, vector: Vector | null | undefined): [string, Vector][] {
  return vector === null || vector === undefined ? [] : [[name, vector]];
}
