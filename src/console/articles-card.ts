import type { Article } from '../decide/policy.ts';
import { icon } from './icons.ts';
import { html, type Html, outsideLink, verbatim } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

/** Articles that may help with this ticket; nothing where there are none. */
export function articlesCard({ file: { ticket }, config }: TicketView): Html | null {
  const { articles } = config.policy.offers;
  const found = (ticket.suggestion?.articles ?? []).flatMap(
    (name) => articles.find((article) => article.name === name) ?? [],
  );
  if (found.length === 0) return null;
  return html`<section class="card" aria-labelledby="articles-title">
    <h2 class="td-card-title" id="articles-title">May help</h2>
    <ul class="td-articles">
      ${found.map((article) => html`<li>${reading(article)}</li>`)}
    </ul>
  </section>`;
}

function reading({ title, url, audience, body }: Article): Html {
  const address = outsideLink(url);
  const link =
    address === null
      ? null
      : html`<a href="${address}" target="_blank" rel="noopener noreferrer">Open${icon('outside')}</a>`;
  return html`<details>
    <summary>
      <bdi>${title}</bdi>${audience === 'internal' ? html` <span class="td-flag">For the team alone</span>` : null}
    </summary>
    ${body === '' ? null : verbatim('pre', html`dir="auto"`, body)} ${link}
  </details>`;
}
