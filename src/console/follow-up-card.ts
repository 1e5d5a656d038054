import { type NextStep, nextSteps } from '../decide/follow-up/next-steps.ts';
import { ticketName } from '../domain/ticket.ts';
import { dueMoment, moment } from './badges.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

/** What became of the ticket after the work, and what time will bring it. Nothing where there is none of it. */
export function followUpCard(view: TicketView): Html | null {
  const steps = nextSteps(view.file.ticket, view.config.policy);
  const said = [chainOf(view), ratingOf(view), stepsOf(steps, view)].filter((part) => part !== null);
  if (said.length === 0) return null;
  return html`<section class="card td-follow-up" aria-labelledby="follow-up-title">
    <h2 class="td-card-title" id="follow-up-title">Follow-up</h2>
    ${said}
  </section>`;
}

/** The ticket that this one follows, and those that follow it. */
function chainOf({ file: { ticket, followers }, config }: TicketView): Html | null {
  const { prefix } = config.policy.desk;
  const link = (number: number) => html`<a href="/tickets/${number}">${ticketName(prefix, number)}</a>`;
  const { followUpOf } = ticket;
  if (followUpOf === null && followers.length === 0) return null;
  return html`${followUpOf === null ? null : html`<p>Follows ${link(followUpOf.number)}, which was closed when the requester wrote again.</p>`}
  ${followers.map((number) => html`<p>Followed by ${link(number)}.</p>`)}`;
}

function ratingOf({ file: { ticket }, config }: TicketView): Html | null {
  const { satisfaction, surveyComment, surveyedAt } = ticket;
  const { timeZone } = config.policy.desk;
  if (satisfaction !== null) {
    return html`<p><strong>${satisfaction} of 5</strong> in the survey</p>
      ${surveyComment === null ? null : html`<blockquote class="td-comment" dir="auto">${surveyComment}</blockquote>`}`;
  }
  return surveyedAt === null
    ? null
    : html`<p class="text-secondary">Asked how it was, ${moment(surveyedAt, timeZone)}; no answer yet.</p>`;
}

const STEPS: Readonly<Record<NextStep['kind'], string>> = {
  remind: 'The requester is reminded',
  resolve: 'Counts as resolved',
  summarise: 'The requester learns what was done',
  close: 'Closes',
  check_in: 'The requester is asked how it is going',
};

function stepsOf(steps: readonly NextStep[], { now, config }: TicketView): Html | null {
  if (steps.length === 0) return null;
  const here = { now, timeZone: config.policy.desk.timeZone };
  return html`<ul class="td-coming">
    ${steps.map((step) => html`<li>${icon('clock')}<span>${STEPS[step.kind]} ${dueMoment(step.at, here)}${unless(step)}</span></li>`)}
  </ul>`;
}

/** What keeps it from happening. */
function unless({ kind }: NextStep): string {
  return kind === 'summarise' ? '' : ', unless they write';
}
