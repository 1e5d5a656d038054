import type { RowWrite } from '../../ports/ticket-store.ts';

/** No request can touch a row twice; the later write of a key wins, cell by cell. */
export function mergeByKey(writes: readonly RowWrite[]): RowWrite[] {
  const merged = new Map<string, RowWrite>();
  for (const each of writes) {
    const earlier = merged.get(each.key);
    const cells = { ...earlier?.cells, ...each.cells };
    merged.set(each.key, { id: each.id ?? earlier?.id ?? null, key: each.key, cells });
  }
  return [...merged.values()];
}
