import { ticketName } from '../../domain/ticket.ts';
import type { Problems } from '../../knowledge/create.ts';
import type { Problem } from '../../knowledge/problems.ts';
import { html, type Html } from '../markup.ts';
import { countWords, titled } from '../words.ts';
import { trendWords } from '../knowledge-page.ts';

/** Of a problem so many tickets are named. */
const MOST_NAMED = 8;

/** What many people came with: where a cause may be taken away, or an article written. */
export function problemsCard({ problems, weeks, requests }: Problems, prefix: string): Html {
  return html`<section class="card" aria-labelledby="problems-title">
    <h2 class="td-card-title" id="problems-title">What comes again and again</h2>
    <p class="text-secondary">
      Of ${countWords(requests, 'request')} of the last ${weeks} weeks, those that ask the same in whichever words: what
      to look into for its cause.
    </p>
    ${problems.length === 0 ? html`<p>Nothing that three people or more came with.</p>` : null}
    <ul class="td-gaps">
      ${problems.map((problem) => html`<li>${problemItem(problem, prefix)}</li>`)}
    </ul>
  </section>`;
}

function problemItem(problem: Problem, prefix: string): Html {
  const { title, terms, tickets, requesters, category, open, incidents } = problem;
  const named = tickets.slice(0, MOST_NAMED);
  const more = tickets.length - named.length;
  return html`<h3><bdi>${title || 'No subject'}</bdi></h3>
    <p class="text-secondary">
      ${countWords(tickets.length, 'ticket')} of
      ${countWords(requesters, 'requester')}${category === null ? null : html`, <bdi>${titled(category)}</bdi>`}${open === 0 ? null : `, ${open} open`};
      ${trendWords(problem)}
    </p>
    <p>${terms.map((term) => html`<span class="badge"><bdi>${term}</bdi></span> `)}</p>
    <p>
      ${ticketLinks(named, prefix)}${more > 0 ? `and ${more} more` : null}${
        incidents.length === 0
          ? null
          : html`; part of ${incidents.length === 1 ? 'incident' : 'incidents'} ${ticketLinks(incidents, prefix)}`
      }
    </p>
    <p>${articleWords(problem)}</p>`;
}

function ticketLinks(numbers: readonly number[], prefix: string): readonly Html[] {
  return numbers.map((number) => html`<a href="/tickets/${number}">${ticketName(prefix, number)}</a> `);
}

function articleWords({ article }: Problem): Html {
  if (article === null) {
    return html`<a href="/knowledge#gaps-title">No article</a> answers it.`;
  }
  const { title, audience } = article;
  return html`The article <bdi>${title}</bdi> answers
    it${audience === 'customer' ? ', and people ask all the same' : ', for the team alone'}.`;
}
