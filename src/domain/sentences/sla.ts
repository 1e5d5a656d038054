import type { Sentences } from './words.ts';

/** What the clocks say. */
export const slaSentences: Sentences = {};
