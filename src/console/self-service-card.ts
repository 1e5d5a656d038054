import type { SelfServiceEnd } from '../domain/self-service.ts';
import { moment } from './badges.ts';
import { html, type Html, verbatim } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

const ENDS: Readonly<Record<SelfServiceEnd, string>> = {
  solved: 'It helped',
  not_solved: 'It did not help',
  taken_over: 'A person took the ticket in hand',
  over: 'The ticket ended without a word on it',
};

/** The answer with which the requester may help themselves, and what came of it; nothing where none went out. */
export function selfServiceCard({ file: { ticket }, config }: TicketView): Html | null {
  const { selfService } = ticket;
  if (selfService === null) return null;
  const { timeZone } = config.policy.desk;
  const { template, article, sentAt, endedAt, how } = selfService;
  const body = config.policy.offers.articles.find(({ name }) => name === article?.name)?.body ?? '';
  return html`<section class="card" aria-labelledby="self-service-title">
    <h2 class="td-card-title" id="self-service-title">Self-service</h2>
    <p class="text-secondary">
      Got
      <bdi><strong>${article?.title ?? template}</strong></bdi>
      ${moment(sentAt, timeZone)}${article?.title === undefined ? null : ', an article, without anybody looking'}.
      ${how === null || endedAt === null ? 'Waits for whether it helped; nobody has the ticket until then.' : html`${ENDS[how]}, ${moment(endedAt, timeZone)}.`}
    </p>
    ${
      body === ''
        ? null
        : html`<details>
            <summary>What it says</summary>
            ${verbatim('pre', html`dir="auto"`, body)}
          </details>`
    }
  </section>`;
}
