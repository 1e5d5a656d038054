import { createIds } from '../kit/new-ids.ts';
import { createChance } from './chance.ts';

/** Where customers of the story would find their pages; nobody is sent there, as nothing is sent. */
export const STORY_ADDRESS = 'https://help.bramble.example.com';

/** Ids that are the same for the same seed: who is asked how it was goes by the key of the ticket. */
export function storyIds(seed: number): (at: Temporal.Instant) => string {
  return createIds(createChance(seed + 1).next);
}
