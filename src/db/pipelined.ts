import { parse, type PGlite, protocol, type QueryOptions, type Results } from '@electric-sql/pglite';

/**
 * So many statements are kept ready in the engine. The frequent ones of all lanes and pages together are
 * some eighty; each takes a few ten kilobytes.
 */
const MOST_KEPT = 150;

const { serialize } = protocol;

/** The parsers of results, by the types for which somebody wants others than PGlite's. */
type Parsers = PGlite['parsers'];

/** A parameter that needs no type to be written: PostgreSQL reads the text of it as whatever it wants. */
type Plain = string | number | bigint | boolean | Uint8Array | null | undefined;

/** Asks the engine. Must be called by one at a time, in turn with whatever else uses the engine. */
export type Ask = (sql: string, params: readonly Plain[], options: QueryOptions) => Promise<Results>;

/** Whether a query can be asked in one go: what has to be written in the way of its type goes PGlite's way. */
export function arePlain(params: readonly unknown[]): params is readonly Plain[] {
  return params.every((value) => value === null || typeof value !== 'object' || value instanceof Uint8Array);
}

/**
 * Asks PGlite in one message instead of five, and with statements that it knows already.
 *
 * PGlite's own `query` parses each text anew, asks for the types of the parameters, and hands over each step
 * by itself, which costs more than what most of our queries do. The types of the parameters need not be
 * asked for, as PostgreSQL knows them.
 */
export function createAsk(pglite: PGlite): Ask {
  const kept = createKept();
  const parsersFor = createParsers(pglite.parsers);
  return async (sql, params, options) => {
    const { name, isNew, message } = kept.use(sql);
    const rest = [
      serialize.bind({ statement: name, values: params.map(written) }),
      serialize.describe({ type: 'P' }),
      serialize.execute(),
      serialize.sync(),
    ];
    try {
      // The files are the disk's own; there is no copy of them to bring up to date.
      const answer = await pglite.execProtocolStream(Buffer.concat([...message, ...rest]), { syncToFs: false });
      const [result] = parse.parseResults(answer, parsersFor(options.parsers), {
        rowMode: options.rowMode ?? 'object',
      });
      return result ?? { rows: [], fields: [] };
    } catch (error) {
      // Nobody knows whether it got as far as knowing the statement.
      if (isNew) kept.drop(sql);
      throw error;
    }
  };
}

function written(value: Plain): string | Uint8Array | null {
  if (value === null || value === undefined) return null;
  return value instanceof Uint8Array ? value : String(value);
}

/** The statements that the engine knows, by their texts; those that were not used for longest go first. */
function createKept() {
  const names = new Map<string, string>();
  const leaving: string[] = [];
  let made = 0;

  function drop(sql: string): void {
    const name = names.get(sql);
    names.delete(sql);
    if (name !== undefined) leaving.push(name);
  }

  return {
    drop,
    /** The name of a statement, and what the engine must be told first. */
    use(sql: string): { name: string; isNew: boolean; message: readonly Uint8Array[] } {
      const known = names.get(sql);
      if (known !== undefined) {
        names.delete(sql);
        names.set(sql, known);
        return { name: known, isNew: false, message: [] };
      }
      const [oldest] = names.keys();
      if (names.size >= MOST_KEPT && oldest !== undefined) drop(oldest);
      made += 1;
      const name = `s${made}`;
      names.set(sql, name);
      const closing = leaving.splice(0).map((each) => serialize.close({ type: 'S', name: each }));
      return { name, isNew: true, message: [...closing, serialize.parse({ name, text: sql })] };
    },
  };
}

/** Drizzle wants the same few types as text with every query; PGlite would copy its three hundred each time. */
function createParsers(own: Parsers): (wanted: QueryOptions['parsers']) => Parsers {
  const joined = new Map<string, Parsers>();
  return (wanted) => {
    if (wanted === undefined) return own;
    const key = Object.keys(wanted).join();
    const found = joined.get(key) ?? { ...own, ...wanted };
    joined.set(key, found);
    return found;
  };
}
