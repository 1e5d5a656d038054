import type { Example } from '../../src/knowledge/classifier/index.ts';
import { createChance } from './chance.ts';

/** What customers of a shop say, in pieces that are put together. */
const SAID = {
  billing: {
    what: ['my invoice', 'the last bill', 'your charge', 'the payment', 'a refund', 'my credit card'],
    how: ['is wrong', 'was taken twice', 'failed', 'shows the wrong amount', 'has not arrived', 'was declined'],
  },
  delivery: {
    what: ['my parcel', 'the order', 'the shipment', 'my package', 'the courier', 'the tracking'],
    how: ['is late', 'never came', 'went to the neighbour', 'says delivered', 'is lost', 'shows no progress'],
  },
  account: {
    what: ['my password', 'the login', 'my account', 'the sign-in page', 'the reset link', 'my user name'],
    how: ['does not work', 'is locked', 'is refused', 'has expired', 'is unknown', 'was changed by somebody'],
  },
  product: {
    what: ['the lamp', 'the new chair', 'the table', 'the shelf', 'the desk', 'the armchair'],
    how: ['is broken', 'has a scratch', 'lacks two screws', 'wobbles', 'has the wrong colour', 'came without a leg'],
  },
} as const;

const BEFORE = ['Hello, ', 'Good morning, ', '', 'Hi there, ', 'Dear team, ', 'Sorry to bother you, '];
const AFTER = [' Please help.', ' Thank you.', ' What can I do?', '', ' I have waited since Monday.', ' Best regards'];

export type KnownCategory = keyof typeof SAID;
export const KNOWN_CATEGORIES = ['billing', 'delivery', 'account', 'product'] as const satisfies KnownCategory[];

export interface KnownRequest {
  subject: string;
  description: string;
  category: KnownCategory;
}

/** Requests as a shop gets them, the categories in turn; the same ones for the same seed. */
export function knownRequests(count: number, seed = 1): readonly KnownRequest[] {
  const chance = createChance(seed);
  return Array.from({ length: count }, (_, index) => {
    const category = KNOWN_CATEGORIES[index % KNOWN_CATEGORIES.length] ?? 'billing';
    const { what, how } = SAID[category];
    const pick = (from: readonly string[]) => from[Math.floor(chance() * from.length)] ?? '';
    const said = `${pick(what)} ${pick(how)}`;
    const description = `${pick(BEFORE)}${said}, and ${pick(what)} ${pick(how)}.${pick(AFTER)}`;
    return { subject: `About ${said}`, description, category };
  });
}

/** The same as what is learned from, numbered from 1. */
export function knownExamples(count: number, seed = 1): readonly Example[] {
  return knownRequests(count, seed).map(({ subject, description, category }, index) => ({
    ticket: index + 1,
    text: `${subject}\n${description}`,
    category,
    isCorrected: false,
  }));
}
