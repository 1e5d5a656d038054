import type { LoadedConfig } from './live.ts';
import type { Privacy } from './written/privacy.ts';
import { stretchOf } from './written/words.ts';

/** For how long tickets are kept with their words. */
export function retentionOf({ keepTickets }: Privacy): LoadedConfig['retention'] {
  return keepTickets === undefined ? null : { written: keepTickets, span: stretchOf(keepTickets) };
}
