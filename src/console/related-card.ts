import { type RelatedTicket, ticketName } from '../domain/ticket.ts';
import { statusBadge } from './badges.ts';
import { html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

/** The first lines of an answer say whether it helps. */
const LONGEST_SHOWN = 280;

/** Why a ticket stands here, in the order in which it helps. Those of the same requester stand beside the requester. */
const GROUPS: readonly (readonly [RelatedTicket['by'], string])[] = [
  ['text', 'About the same, solved'],
  ['account', 'Of the same house'],
];

/** Earlier tickets that may help, with what settled them; nothing where there are none. */
export function relatedCard(view: TicketView): Html | null {
  const { related } = view.file;
  if (!related.some(({ by }) => GROUPS.some(([shown]) => shown === by))) return null;
  return html`<section class="card td-related" aria-labelledby="related-title">
    <h2 class="td-card-title" id="related-title">Related</h2>
    ${GROUPS.map(([by, title]) => group(view, { by, title }))}
  </section>`;
}

function group(view: TicketView, { by, title }: { by: RelatedTicket['by']; title: string }): Html | null {
  const { prefix, statuses } = view.config.policy.desk;
  const found = view.file.related.filter((each) => each.by === by);
  if (found.length === 0) return null;
  return html`<h3 class="td-card-sub">${title}</h3>
    <ul class="td-others">
      ${found.map(
        ({ number, subject, status, answer }) =>
          html`<li>
            <a href="/tickets/${number}"
              ><span class="td-number">${ticketName(prefix, number)}</span> <bdi>${subject || 'No subject'}</bdi></a
            ><small>${statusBadge(status, statuses)}</small>
            ${answer === null ? null : html`<p class="td-related-answer" dir="auto">${answer.slice(0, LONGEST_SHOWN)}</p>`}
          </li>`,
      )}
    </ul>`;
}
