import { inArray, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { tickets } from '../../db/schema.ts';
import { mayBeKept } from '../../decide/kept-from-models.ts';
import type { LearningParts } from './parts.ts';
import { dropVectors, readVectors } from '../../db/text-vectors.ts';
import type { Embeddable, Embedder } from '../../ports/embedder.ts';
import type { Example } from '../classifier/index.ts';
import { type GatherParts, gatherVectors, nameOfVector } from '../vectors/gather.ts';
import type { Lessons } from './lessons.ts';

/** One answer with some dozens of vectors; a machine of one's own may take its time for that. */
const SECONDS = 60;

/** Hours after which a vector goes that nothing is learned from: within a month most tickets are solved. */
const KEPT_FOR = { hours: 30 * 24 };

/** The vectors for one attempt to learn. */
export interface VectorRound {
  /** What teaches categories with its vectors, as far as they could be had; all else goes by words alone. */
  added(pages: AsyncIterable<Lessons>): AsyncGenerator<Lessons>;
  /** Whether the endpoint failed meanwhile, so that another attempt may have more. */
  isStopped(): boolean;
  /** Lets go of vectors that are needed no more. */
  tidy(): Promise<void>;
}

export function createVectorRound(
  parts: GatherParts & Pick<LearningParts, 'config'>,
  { embedder, space }: { embedder: Embedder; space: string },
  signal: AbortSignal,
): VectorRound {
  const { queries } = parts.connection;
  const needed: string[] = [];
  let isStopped = false;
  async function withVectors(examples: readonly Example[]): Promise<readonly Example[]> {
    const names = examples.map(({ text }) => nameOfVector(space, text));
    needed.push(...names);
    const found = isStopped
      ? { vectors: await readVectors(queries, names), isStopped }
      : await gatherVectors(parts, embedder, {
          texts: await textsToSend(parts, examples),
          seconds: SECONDS,
          signal,
        });
    isStopped = found.isStopped;
    return examples.map((example, index) => {
      const vector = found.vectors.get(names[index] ?? '');
      return vector === undefined ? example : { ...example, vector };
    });
  }
  return {
    async *added(pages) {
      for await (const page of pages) {
        const { category } = page;
        yield category === undefined ? page : { ...page, category: await withVectors(category) };
      }
    },
    isStopped: () => isStopped,
    tidy: () => dropVectors(queries, { olderThan: parts.now().subtract(KEPT_FOR), needed }),
  };
}

/**
 * The texts that may leave the house, with who wrote each: what is theirs is hidden from an endpoint that is not ours.
 * What is of a ticket that is kept from models goes by words alone.
 */
async function textsToSend(
  { connection: { queries }, config }: { connection: Pick<Connection, 'queries'> } & Pick<LearningParts, 'config'>,
  examples: readonly Example[],
): Promise<readonly Embeddable[]> {
  const numbers = examples.map(({ ticket }) => ticket);
  const rows = await queries
    .select({
      number: tickets.number,
      channel: sql<string>`${tickets.ticket} ->> 'channel'`,
      category: tickets.category,
      requester: sql<Embeddable['requester']>`${tickets.ticket} -> 'requester'`,
    })
    .from(tickets)
    .where(inArray(tickets.number, numbers));
  const { keptFromModels } = config.current().policy.triage;
  const known = new Map(rows.map((row) => [row.number, row]));
  return examples.flatMap(({ ticket, text }) => {
    const row = known.get(ticket);
    return row === undefined || mayBeKept(row, keptFromModels) ? [] : [{ text, requester: row.requester }];
  });
}
