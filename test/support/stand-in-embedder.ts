import type { Embedder, Vector } from '../../src/ports/embedder.ts';
import { createChance } from './chance.ts';

const DIMENSIONS = 48;

/** Words that mean the same, the first of them for all. */
const SAME: readonly (readonly string[])[] = [
  ['invoice', 'bill', 'charge', 'statement', 'remittance'],
  ['payment', 'refund', 'card', 'money', 'reimbursement'],
  ['parcel', 'package', 'shipment', 'consignment', 'carton'],
  ['courier', 'tracking', 'order', 'haulier', 'postman'],
  ['password', 'login', 'link', 'passphrase', 'credentials'],
  ['account', 'user', 'page', 'profile', 'membership'],
  ['lamp', 'chair', 'armchair', 'luminaire', 'stool'],
  ['table', 'shelf', 'desk', 'sideboard', 'bookcase'],
];

const MEANING = new Map(SAME.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)));

/** A vector that knows words of one meaning for the same; any other word points a little of its own way. */
export function meaningOf(text: string): Vector {
  const sum = new Float64Array(DIMENSIONS).fill(4);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const meaning = MEANING.get(word);
    const chance = createChance(seedOf(meaning ?? word));
    for (let at = 0; at < DIMENSIONS; at++)
      sum[at] = (sum[at] ?? 0) + (chance() - 0.5) * (meaning === undefined ? 0.2 : 2);
  }
  const largest = sum.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  return Int8Array.from(sum, (each) => Math.round((each / largest) * 127));
}

function seedOf(word: string): number {
  return [...word].reduce((seed, letter) => (seed * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}

/** A model of vectors that needs no network, and what it was asked. */
export interface StandInEmbedder extends Embedder {
  asked: string[];
  /** From then on it throws this; null lets it answer again. */
  fail(problem: Error | null): void;
}

export function aStandInEmbedder(space = 'of the tests', most = 64): StandInEmbedder {
  const asked: string[] = [];
  let failing: Error | null = null;
  return {
    name: 'stand-in',
    most,
    asked,
    fail: (problem) => void (failing = problem),
    space: async () => space,
    async embed(texts) {
      if (failing !== null) throw failing;
      asked.push(...texts.map(({ text }) => text));
      return texts.map(({ text }) => meaningOf(text));
    },
    check: async () => ({ dimensions: DIMENSIONS, milliseconds: 0 }),
  };
}
