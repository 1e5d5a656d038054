import { FRUSTRATIONS, type Frustration, type Opinion, readingOf } from './opinion.ts';

/** How much patience a requester's own words told was lost, in the message that told the most. */
export interface Temper {
  level: Exclude<Frustration, 'none'>;
  /** The words that tell it, the weightiest first. */
  quotes: readonly string[];
  /** Of the request itself, rather than of something written later. */
  isOfRequest: boolean;
}

/** What there is to tell it by, of a ticket. */
interface Heard {
  opinions: readonly Opinion[];
  temper: Temper | null;
}

/** How much patience somebody has lost: as a language model read the request, where one did, or else by their words. */
export function frustrationOf({ opinions, temper }: Heard): Frustration {
  const read = readingOf({ opinions })?.frustration ?? null;
  const told = temper?.level ?? 'none';
  if (read === null) return told;
  return temper !== null && !temper.isOfRequest && isMore(told, read) ? told : read;
}

/** Whether one tells of more lost patience than another. */
export function isMore(one: Frustration, other: Frustration): boolean {
  return FRUSTRATIONS.indexOf(one) > FRUSTRATIONS.indexOf(other);
}
