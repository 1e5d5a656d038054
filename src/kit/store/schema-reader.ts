import type { Now } from '../../ports/now.ts';
import type { Column } from '../../ports/ticket-store.ts';
import type { BoundColumns } from './bind-columns.ts';
import type { BaseField } from './propose-fields.ts';

/** How a base is made, as somebody knows it who looked once. */
export interface SchemaReader<Schema> {
  /**
   * The base, as it was when we last looked.
   *
   * @throws Problem of the request
   */
  current(): Promise<Schema>;
  /** The base as it is now, unless somebody has looked again since `stale` was read. */
  refresh(stale: Schema | null): Promise<Schema>;
  /** What we know without asking. */
  known(): Schema | null;
}

/** What a look finds, besides what only its connector understands. */
interface Looked {
  at: Temporal.Instant;
}

interface ReaderParts<Read extends Looked, Schema> {
  columns: () => readonly Column[];
  now: Now;
  /** How long a base is taken to be as it was, unless an answer says otherwise. */
  schemaSeconds: number;
  /** Asks the base how it is made. */
  look(): Promise<Read>;
  /** What was found, seen from these columns. */
  bind(read: Read, columns: readonly Column[]): Schema;
  /** Keeps what must outlive this process. */
  keep(schema: Schema): Promise<void>;
}

/** Keeps in mind how a base is made, since each look costs requests. Several who look at once share one. */
export function createSchemaReader<Read extends Looked, Schema extends Pick<BoundColumns<BaseField>, 'unread'>>({
  columns,
  now,
  schemaSeconds,
  look,
  bind,
  keep,
}: ReaderParts<Read, Schema>): SchemaReader<Schema> {
  let known: { read: Read; schema: Schema; columns: readonly Column[] } | null = null;
  // What each was seen in: of one look there are several once the columns have changed.
  const seenIn = new WeakMap<Schema, Read>();
  let sought: readonly Column[] = [];
  let looking: Promise<Schema> | null = null;

  function bound(read: Read): Schema {
    const wanted = columns();
    if (known === null || known.read !== read || known.columns !== wanted) {
      known = { read, schema: bind(read, wanted), columns: wanted };
      seenIn.set(known.schema, read);
    }
    return known.schema;
  }

  async function lookAnew(): Promise<Schema> {
    sought = columns();
    const schema = bound(await look());
    await keep(schema);
    return schema;
  }

  function lookOnce(): Promise<Schema> {
    looking ??= lookAnew().finally(() => (looking = null));
    return looking;
  }

  return {
    async current() {
      const isFresh = known !== null && now().since(known.read.at).total('seconds') < schemaSeconds;
      if (known === null || !isFresh) return lookOnce();
      const schema = bound(known.read);
      // A column that a rule names since then may be one that somebody just added.
      const isUnsought = sought !== columns() && schema.unread.some(({ why }) => why === 'missing');
      return isUnsought ? lookOnce() : schema;
    },
    async refresh(stale) {
      const isStale = known === null || stale === null || seenIn.get(stale) === known.read;
      return known === null || isStale ? lookOnce() : bound(known.read);
    },
    known: () => (known === null ? null : bound(known.read)),
  };
}
