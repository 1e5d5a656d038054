import { domainAndAbove, domainsOf } from '../../decide/customers/book.ts';
import type { Unsure } from '../../decide/facts.ts';
import { type Identity, identityName } from '../../domain/requester.ts';
import { domainKey, type Entry, keysFor } from './table-entries.ts';

/** What a table has of a person: one row, which `isPerson` when no domain told it, or several that fit equally well. */
export type Found = { kind: 'row'; entry: Entry; isPerson: boolean } | ({ kind: 'unsure' } & Unsure) | { kind: 'none' };

/** Rows of a table, laid out to be looked up. */
export interface TableIndex {
  /** By everything by which a person is known, the address that they write from first. */
  find(known: readonly Identity[]): Found;
}

/** Something by which rows are found, and how people call it. */
interface Clue {
  what: string;
  keys: readonly string[];
}

/** What tells a person, the surest first: where one of these finds rows, those behind it are not asked. */
const WAYS: readonly ((known: readonly Identity[]) => readonly Identity[])[] = [
  ([first]) => (first?.kind === 'email' ? [first] : []),
  (known) => known.filter(({ kind }) => kind === 'email'),
  (known) => known.filter(({ kind }) => kind !== 'email' && kind !== 'phone'),
  (known) => known.filter(({ kind }) => kind === 'phone'),
];

export function createTableIndex(entries: Iterable<Entry>): TableIndex {
  const byKey = new Map<string, Set<Entry>>();
  for (const entry of entries) {
    for (const key of entry.keys) byKey.getOrInsertComputed(key, () => new Set()).add(entry);
  }

  function foundBy(clues: readonly Clue[], isPerson: boolean): Found {
    const found = clues.map(({ what, keys }) => ({ what, rows: keys.flatMap((key) => [...(byKey.get(key) ?? [])]) }));
    const rows = new Set(found.flatMap((each) => each.rows));
    const [entry] = rows;
    if (entry === undefined) return { kind: 'none' };
    if (rows.size === 1) return { kind: 'row', entry, isPerson };
    const what = found.find((each) => each.rows.length > 0)?.what ?? '';
    return { kind: 'unsure', what, rows: rows.size };
  }

  /** Of a domain and those above it, the nearest that a row has. */
  function nearest(domain: string): readonly Clue[] {
    const clues = domainAndAbove(domain).map((what) => ({ what, keys: [domainKey(what)] }));
    return clues.filter(({ keys }) => keys.some((key) => byKey.has(key))).slice(0, 1);
  }

  return {
    find(known) {
      for (const way of WAYS) {
        const clues = way(known).map((each) => ({ what: identityName(each), keys: keysFor(each) }));
        const found = foundBy(clues, true);
        if (found.kind !== 'none') return found;
      }
      return foundBy(domainsOf(known).flatMap(nearest), false);
    },
  };
}
