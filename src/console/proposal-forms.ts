import { openProposals } from '../decide/opinions/proposals.ts';
import type { Policy } from '../decide/policy.ts';
import { percent } from '../domain/opinion.ts';
import type { Proposal, ProposedField } from '../domain/proposal.ts';
import type { Ticket } from '../domain/ticket.ts';
import { hiddenFields } from './form-parts.ts';
import { html, type Html } from './markup.ts';
import { nearestWords, spokenWords } from './spoken-for.ts';
import { titled } from './words.ts';

/** On the page of the review: the figures before choose a category. */
const KEYS: Readonly<Record<ProposedField, string>> = { priority: '4', queue: '5' };

interface Shown {
  policy: Policy;
  csrfToken: string;
  /** Where whoever takes one goes on. */
  on: 'ticket' | 'review';
}

/** What was learned would have of priority and queue, each with a button that takes it; empty where it has nothing to say. */
export function proposalForms(ticket: Ticket, shown: Shown): readonly Html[] {
  return openProposals(ticket, shown.policy).map((proposal) => {
    const key = shown.on === 'review' ? KEYS[proposal.field] : null;
    return html`<form class="td-proposal" method="post" action="/tickets/${ticket.number}/proposal">
      ${hiddenFields({ _csrf: shown.csrfToken, field: proposal.field, value: proposal.value, was: ticket[proposal.field], on: shown.on })}
      <p class="td-proposal-what">
        ${titled(proposal.field)} may better be <strong><bdi>${valueName(proposal.field, proposal.value)}</bdi></strong>
        <span class="td-guess-share">${percent(proposal.confidence)}</span>
      </p>
      <button
        class="btn btn-sm"
        type="submit"
        ${key === null ? null : html` data-hotkey="${key}" aria-keyshortcuts="${key}"`}
      >
        Take it${key === null ? null : html`<kbd>${key}</kbd>`}
      </button>
      ${because(proposal, ticket, shown.policy)}
    </form>`;
  });
}

/** A queue is called as its team calls it. */
function valueName(field: ProposedField, value: string): string {
  return field === 'priority' ? titled(value) : value;
}

function because(proposal: Proposal, ticket: Ticket, policy: Policy): Html {
  const { field, threshold, name } = proposal;
  return html`<p class="td-opinion-note">
    It is <bdi>${valueName(field, ticket[field])}</bdi> now. <bdi>${titled(name)}</bdi>; from ${percent(threshold)} on
    it is suggested.${spokenWords(proposal)}${nearestWords(proposal, policy)}
  </p>`;
}
