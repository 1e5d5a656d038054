import type { Handoff } from '../handoff.ts';
import { plain, series } from './words.ts';

const NEED_WORDS: Readonly<Record<string, string>> = {
  reason: 'a reason',
  note: 'an internal note',
  tags: 'a tag',
  'requester.email': 'an address of the requester',
};

/** What a contract asks for, in words: `order number` for `fields.order_number`. */
export function needWords(need: string): string {
  return NEED_WORDS[need] ?? plain(need.slice(need.lastIndexOf('.') + 1));
}

/** How a hand-off stands, for a cell of the row. */
export function handoffWords({ state, way, from, to, missing, code }: Handoff): string {
  switch (state) {
    case 'held':
      return `Not with ${to} yet: needs ${series(missing.map(needWords), { most: 6 })}`;
    case 'asked':
      return `Waiting for acceptance by ${to}`;
    case 'accepted':
      return way === 'transfer' ? `Handed from ${from} to ${to}` : `${to} helps ${from}`;
    case 'rejected':
      return `Rejected by ${to}: ${plain(code ?? '')}`;
    case 'returned':
      return `Back with ${from}: no answer from ${to}`;
    case 'withdrawn':
      return `Came to nothing: ${plain(code ?? '')}`;
  }
}
