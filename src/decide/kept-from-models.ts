/** What is kept from models outside of ours, whatever they would be asked for. */
import { opinionFrom } from './opinions/choose.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { KeptFromModels } from './policy.ts';

/** Why nothing of a ticket goes to a model: where it came in, what it is about, or what it may be about. */
export interface Kept {
  by: 'channel' | 'category' | 'guess';
  name: string;
}

/** So likely it must be to count: three guesses at six categories would name nearly each of them. */
const LIKELY = 0.1;

/**
 * Why a ticket is kept from models; null where it is not. One without a category may be of one that is kept: what was
 * learned on this machine says whether that is likely.
 */
export function keptFromModels(
  { channel, category, opinions }: Pick<Ticket, 'channel' | 'category' | 'opinions'>,
  { channels, categories }: KeptFromModels,
): Kept | null {
  if (channels.includes(channel)) return { by: 'channel', name: channel };
  if (category !== null) return categories.includes(category) ? { by: 'category', name: category } : null;
  const guesses = opinionFrom(opinions, 'classifier')?.categories ?? [];
  const likely = guesses.find(({ value, confidence }) => confidence >= LIKELY && categories.includes(value));
  return likely === undefined ? null : { by: 'guess', name: likely.value };
}

/**
 * Whether a ticket is one that is kept, or may be: while nobody knows its category, it may be of any. Models of vectors
 * are asked before it is judged, and so before anything tells more.
 */
export function mayBeKept(
  { channel, category }: Pick<Ticket, 'channel' | 'category'>,
  { channels, categories }: KeptFromModels,
): boolean {
  return channels.includes(channel) || (category === null ? categories.length > 0 : categories.includes(category));
}
