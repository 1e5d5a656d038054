import type { ArticleRecord } from '../db/article-uses.ts';
import type { Article } from '../decide/policy.ts';
import { ticketName } from '../domain/ticket.ts';
import type { Gaps } from '../knowledge/create.ts';
import type { Gap } from '../knowledge/gaps.ts';
import type { PastAnswer } from '../knowledge/past-answers.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';
import { countWords } from './words.ts';

/** Of a gap so many tickets are named. */
const MOST_NAMED = 8;

export interface KnowledgeView {
  articles: readonly Article[];
  records: ReadonlyMap<string, ArticleRecord>;
  /** So many days the records tell of. */
  days: number;
  gaps: Gaps;
  prefix: string;
  helpPage: boolean;
  /** What was looked for, and what was found; null where nothing was asked. */
  asked: string;
  found: { articles: readonly Article[]; answers: readonly PastAnswer[] } | null;
}

/** What the desk knows: which articles help, and which questions have none. */
export function knowledgeMain(view: KnowledgeView): Html {
  return html`<section class="td-knowledge" aria-labelledby="knowledge-title">
    <h1 id="knowledge-title">Knowledge</h1>
    <p class="text-secondary">
      Which articles help, and which questions have none.
      ${view.helpPage ? html`<a href="/help">The help page</a> shows the approved ones to everybody.` : null}
      <a href="/docs/knowledge.md">How it works</a>
    </p>
    ${searchCard(view)} ${gapsCard(view)} ${articlesCard(view)}
  </section>`;
}

function searchCard({ asked, found, prefix }: KnowledgeView): Html {
  return html`<section class="card" aria-labelledby="look-title">
    <h2 class="td-card-title" id="look-title">What was answered before</h2>
    <form role="search" action="/knowledge" method="get">
      <label class="visually-hidden" for="knowledge-q">Question</label>
      <input
        class="form-control"
        id="knowledge-q"
        name="q"
        type="search"
        value="${asked}"
        maxlength="500"
        placeholder="A question, in whichever words"
        autocomplete="off"
      />
      <button class="btn" type="submit">Find</button>
    </form>
    ${found === null ? null : foundList(found, prefix)}
  </section>`;
}

function foundList({ articles, answers }: NonNullable<KnowledgeView['found']>, prefix: string): Html {
  if (articles.length + answers.length === 0) {
    return html`<p role="status">Neither an article nor an answer says anything of that.</p>`;
  }
  return html`<ul class="td-found">
    ${articles.map(
      ({ title, body }) =>
        html`<li>
          <details>
            <summary>${icon('book')}<bdi>${title}</bdi></summary>
            ${verbatim('pre', html`dir="auto"`, body)}
          </details>
        </li>`,
    )}
    ${answers.map(
      ({ number, subject, answer }) =>
        html`<li>
          <details>
            <summary>${icon('reply')}<bdi>${subject || 'No subject'}</bdi></summary>
            <p><a href="/tickets/${number}">${ticketName(prefix, number)}</a></p>
            ${verbatim('pre', html`dir="auto"`, answer)}
          </details>
        </li>`,
    )}
  </ul>`;
}

function gapsCard({ gaps: { gaps, weeks, solved }, prefix }: KnowledgeView): Html {
  return html`<section class="card" aria-labelledby="gaps-title">
    <h2 class="td-card-title" id="gaps-title">Recurring questions without an article</h2>
    <p class="text-secondary">
      Of ${countWords(solved, 'request')} of the last ${weeks} weeks that ${solved === 1 ? 'is' : 'are'} solved.
    </p>
    ${gaps.length === 0 ? html`<p>None: what was asked by three people or more has an article.</p>` : null}
    <ul class="td-gaps">
      ${gaps.map((gap) => html`<li>${gapItem(gap, prefix)}</li>`)}
    </ul>
  </section>`;
}

function gapItem(gap: Gap, prefix: string): Html {
  const { title, category, tickets, requesters, outline } = gap;
  const named = tickets.slice(0, MOST_NAMED);
  const more = tickets.length - named.length;
  return html`<h3><bdi>${title || 'No subject'}</bdi></h3>
    <p class="text-secondary">
      ${countWords(tickets.length, 'ticket')} of
      ${countWords(requesters, 'requester')}${category === null ? null : html`, <bdi>${category}</bdi>`};
      ${trendWords(gap)}
    </p>
    <p>
      ${named.map((number) => html`<a href="/tickets/${number}">${ticketName(prefix, number)}</a> `)}${more > 0 ? `and ${more} more` : null}
    </p>
    <details>
      <summary>An outline to begin with</summary>
      <p class="form-hint">
        Made of the questions and of answers after which nobody wrote again. It may name people: read it before you save
        it as a file of articles/ or a row of the table.
      </p>
      ${verbatim('pre', html`class="td-code" tabindex="0" dir="auto"`, outline)}
    </details>`;
}

/** Whether something becomes more. */
export function trendWords({ later, earlier }: Pick<Gap, 'later' | 'earlier'>): string {
  if (later > earlier * 1.5) return `more of late: ${later} in the later half of the time, ${earlier} in the earlier`;
  if (earlier > later * 1.5) return `fewer of late: ${later} in the later half of the time, ${earlier} in the earlier`;
  return 'about as many of late as before';
}

function articlesCard({ articles, records, days }: KnowledgeView): Html {
  return html`<section class="card" aria-labelledby="articles-title">
    <h2 class="td-card-title" id="articles-title">Articles</h2>
    ${
      articles.length === 0
        ? html`<p>There are none yet. An article is a file in articles/, or a row of a table of the base.</p>`
        : html`<p class="text-secondary">What they did in the last ${days} days.</p>
            <div class="td-wide">
              <table class="table">
                <thead>
                  <tr>
                    ${HEADS.map((head) => html`<th scope="col">${head}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${articles.map((article) => articleRow(article, records.get(article.name)))}
                </tbody>
              </table>
            </div>`
    }
  </section>`;
}

const HEADS = ['Article', 'Answered by itself', 'Solved', 'Came back', 'Read on a page', '“That answered it”'];

function articleRow({ title, audience, approved }: Article, record: ArticleRecord | undefined): Html {
  const { sent = 0, solved = 0, cameBack = 0, opened = 0, answered = 0 } = record ?? {};
  const state =
    audience === 'internal'
      ? html` <span class="td-flag">For the team alone</span>`
      : approved
        ? html` <span class="td-flag">${icon('check')}Approved</span>`
        : null;
  return html`<tr>
    <th scope="row"><bdi>${title}</bdi>${state}</th>
    ${[sent, solved, cameBack, opened, answered].map((count) => html`<td>${count}</td>`)}
  </tr>`;
}
