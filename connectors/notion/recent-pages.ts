import type { Now } from '../../src/ports/now.ts';
import type { Cell, Cells } from '../../src/ports/ticket-store.ts';

/** Pages that are remembered; one that was forgotten is asked for by its id, which costs a request of its own. */
const MOST = 20_000;

/** For so long a query may still show what was before a write. How long it does is not published. */
const LAG = { seconds: 10 };

/**
 * Seconds after which a page that may have been made is looked for, if need be twice. After the last one nobody
 * believes in it any more; should it turn up all the same, twins.ts settles it.
 */
export const LOOKS = [5, 15] as const;
export const SURE_SECONDS = LOOKS[1];

/** What was under way when the process before us ended is older than we are by so much, in seconds. */
const OLDER = SURE_SECONDS - LOOKS[0];

/** A page that bears a key, as answers told it. */
export interface Bearer {
  id: string;
  /** Whether a write or a search gave it out as the row of its ticket. */
  isGiven: boolean;
}

/** What answers of Notion told of pages in passing. Lives as long as the process. */
export interface RecentPages {
  /** A page with a key was in an answer. Of two with one key the first is remembered. */
  note(page: { id: string; key: string | null }): void;
  /** The page is the row of the ticket with this key. */
  give(key: string, id: string): void;
  forget(key: string): void;
  bearerOf(key: string): Bearer | null;
  keyOf(id: string): string | null;
  /** These cells were written into the page. */
  wrote(id: string, cells: Cells): void;
  /** Whether a query shows the page otherwise than we wrote it a moment ago: it may be late, or somebody was quick. */
  isDoubtful(id: string, shown: Cells): boolean;
  /** A page with this key was to be made, and nobody knows whether it was. */
  noteUnsure(key: string): void;
  /** When that was; before the start of the process where it was not in our time. */
  unsureSince(key: string): Temporal.Instant;
}

export function createRecentPages(now: Now): RecentPages {
  const beforeUs = now().subtract({ seconds: OLDER });
  const bearers = new Map<string, Bearer>();
  const keys = new Map<string, string>();
  const written = new Map<string, { cells: Cells; at: Temporal.Instant }>();
  const unsure = new Map<string, Temporal.Instant>();

  function remember(key: string, bearer: Bearer): void {
    setLast(bearers, key, bearer);
    setLast(keys, bearer.id, key);
  }

  function writtenInto(id: string): Cells {
    const latest = written.get(id);
    return latest !== undefined && Temporal.Instant.compare(latest.at.add(LAG), now()) > 0 ? latest.cells : {};
  }

  return {
    note({ id, key }) {
      if (key === null) return;
      const known = bearers.get(key);
      if (known === undefined || known.id === id) remember(key, known ?? { id, isGiven: false });
    },
    give(key, id) {
      unsure.delete(key);
      remember(key, { id, isGiven: true });
    },
    forget: (key) => void bearers.delete(key),
    bearerOf: (key) => bearers.get(key) ?? null,
    keyOf: (id) => keys.get(id) ?? null,
    wrote(id, cells) {
      setLast(written, id, { cells: { ...writtenInto(id), ...cells }, at: now() });
    },
    isDoubtful: (id, shown) =>
      Object.entries(writtenInto(id)).some(([name, cell]) => saying(shown[name] ?? null) !== saying(cell)),
    noteUnsure: (key) => setLast(unsure, key, now()),
    unsureSince: (key) => unsure.get(key) ?? beforeUs,
  };
}

/** The newest stand last; the oldest go. */
function setLast<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST) map.delete(map.keys().next().value ?? '');
}

/** What a cell says, by which two can be compared. */
function saying(cell: Cell): string {
  if (Array.isArray(cell)) return cell.toSorted().join('\n');
  return cell === null || cell === false ? '' : String(cell);
}
