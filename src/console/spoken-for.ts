import type { Policy } from '../decide/policy.ts';
import type { Opinion } from '../domain/opinion.ts';
import { ticketName } from '../domain/ticket.ts';
import { html, type Html } from './markup.ts';

/** Words that speak for a guess, as the end of a line; nothing where none does. */
export function spokenWords({ words }: Pick<Opinion, 'words'>): Html | null {
  if (words.length === 0) return null;
  return html` For it speak ${words.map((word, at) => html`${at === 0 ? '' : ', '}<q dir="auto">${word}</q>`)}.`;
}

/** The ticket that is most like it, as the end of a line; nothing where none is. */
export function nearestWords({ nearest }: Pick<Opinion, 'nearest'>, { desk }: Pick<Policy, 'desk'>): Html | null {
  if (nearest === null) return null;
  const { number, subject } = nearest;
  const name = ticketName(desk.prefix, number);
  return html` Most like it is
    <a href="/tickets/${number}"><span class="td-number">${name}</span> <bdi>${subject || 'No subject'}</bdi></a
    >.`;
}
