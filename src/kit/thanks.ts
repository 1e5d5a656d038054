import type { Receipt } from '../ports/channel.ts';

/** What a chat shows at once to who wrote there. */
export function thanksFor({ ticket }: Pick<Receipt, 'ticket'>): string {
  return ticket === undefined ? 'Thank you, we have it.' : `Thank you, we have it as ${ticket}.`;
}
