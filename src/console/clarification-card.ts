import type { ClarificationEnd } from '../domain/clarification.ts';
import { moment } from './badges.ts';
import { html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

const ENDS: Readonly<Record<ClarificationEnd, string>> = {
  answered: 'Answered',
  unread: 'Answered, but not so that it could be read; see the conversation',
  gave_up: 'Nobody answered',
  taken_over: 'A person took the ticket in hand',
};

/** What was asked before triage, and what came of each question; nothing where nothing was asked. */
export function clarificationCard({ file: { ticket }, config }: TicketView): Html | null {
  const { clarification, fields } = ticket;
  if (clarification === null) return null;
  const { timeZone } = config.policy.desk;
  const { asked, askedAt, remindedAt, endedAt, how } = clarification;
  return html`<section class="card" aria-labelledby="clarification-title">
    <h2 class="td-card-title" id="clarification-title">Asked before triage</h2>
    <dl class="td-pairs">
      ${asked.map(
        ({ field, question }) =>
          html`<div>
            <dt>${question}</dt>
            <dd dir="auto">${fields[field] ?? html`<span class="text-secondary">no answer</span>`}</dd>
          </div>`,
      )}
    </dl>
    <p class="text-secondary">
      Asked
      ${moment(askedAt, timeZone)}${remindedAt === null ? null : html`, and once more ${moment(remindedAt, timeZone)}`}.
      ${how === null || endedAt === null ? 'Waits for an answer.' : html`${ENDS[how]}, ${moment(endedAt, timeZone)}.`}
    </p>
  </section>`;
}
