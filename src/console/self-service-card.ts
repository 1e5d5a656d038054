import type { SelfServiceEnd } from '../domain/self-service.ts';
import { moment } from './badges.ts';
import { html, type Html } from './markup.ts';
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
  const { template, sentAt, endedAt, how } = selfService;
  return html`<section class="card" aria-labelledby="self-service-title">
    <h2 class="td-card-title" id="self-service-title">Self-service</h2>
    <p class="text-secondary">
      Got <strong>${template}</strong> ${moment(sentAt, timeZone)}.
      ${how === null || endedAt === null ? 'Waits for whether it helped; nobody has the ticket until then.' : html`${ENDS[how]}, ${moment(endedAt, timeZone)}.`}
    </p>
  </section>`;
}
