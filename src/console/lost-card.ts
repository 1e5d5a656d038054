import { sizeWords } from '../kit/size-words.ts';
import { isEnough } from '../kit/access.ts';
import { moment } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import type { LostItem } from './health-rows.ts';
import type { HealthView } from './health-view.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';
import { problemWords } from './words.ts';

/** What came in and could not be read, or was left out; each with its reason, and a way to make it a ticket. */
export function lostCard(view: HealthView): Html {
  const { lost } = view.health;
  return html`<section class="card" id="lost" aria-labelledby="lost-title">
    <h2 class="td-card-title" id="lost-title">Lost and found</h2>
    ${
      lost.length === 0
        ? html`<p class="text-secondary">Everything that ever came in became a ticket, or part of one.</p>`
        : html`<ul class="td-lost-items">
            ${lost.map((item) => lostItem(item, view))}
          </ul>`
    }
  </section>`;
}

function lostItem(item: LostItem, view: HealthView): Html {
  const { access, config } = view;
  const { timeZone } = config.policy.desk;
  const isAdmin = isEnough(access, 'admin');
  return html`<li class="td-lost-item">
    <div>
      <p>
        <span class="td-lost-state td-lost-${item.state}">${item.state === 'lost' ? 'Lost' : 'Left out'}</span>
        <strong><bdi>${config.channels[item.channel]?.title ?? item.channel}</bdi></strong>
        <span class="text-secondary"
          >${moment(item.receivedAt, timeZone)}, ${sizeWords(item.size)}, ${item.contentType}</span
        >
      </p>
      <p>${item.problem === null ? 'Nobody wrote down why.' : problemWords(item.problem)}</p>
      <details>
        <summary>What came in</summary>
        ${verbatim('pre', html`class="td-code" dir="auto" tabindex="0"`, beginningOf(item))}
        ${isAdmin ? html`<p><a href="${addressOf(item)}/raw">Save all of it, byte for byte</a></p>` : null}
      </details>
    </div>
    ${isAdmin ? lostActs(item, view) : null}
  </li>`;
}

function lostActs(item: LostItem, { csrfToken }: HealthView): Html {
  const at = addressOf(item);
  const carried = hiddenFields({ _csrf: csrfToken });
  return html`<div class="td-lost-acts">
    <form method="post" action="${at}/insist">
      ${carried}<button class="btn btn-sm btn-primary" type="submit">Make a ticket</button>
    </form>
    <form method="post" action="${at}/retry">
      ${carried}<button class="btn btn-sm" type="submit">${icon('retry')}Read again</button>
    </form>
  </div>`;
}

function addressOf({ id }: LostItem): string {
  return `/inbox/${encodeURIComponent(id)}`;
}

function beginningOf({ beginning, size }: LostItem): string {
  const text = new TextDecoder().decode(beginning);
  return size > beginning.length ? `${text}…` : text;
}
