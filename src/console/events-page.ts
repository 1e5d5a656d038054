import type { Policy } from '../decide/policy.ts';
import { EVENT_TYPES, type EventType } from '../domain/ticket-event.ts';
import { type Access, isEnough } from '../kit/access.ts';
import { type Here, moment } from './badges.ts';
import { addressWords, standingBadge, subscriptionLine, troubleOf } from './events-card.ts';
import type { Delivered, SubscriptionState } from './event-rows.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';
import { countWords, problemWords } from './words.ts';

/** All that follow. */
export function eventsMain(all: readonly SubscriptionState[], here: Here): Html {
  return html`<section class="td-channel" aria-labelledby="events-page-title">
    <h1 id="events-page-title">Events</h1>
    <p class="text-secondary">
      Systems that are told what happens to tickets. Who is told what stands in <code>events.yaml</code>;
      <a href="/docs/events.md">the guide</a> tells how to follow.
    </p>
    <section class="card" aria-label="Subscriptions">
      ${
        all.length === 0
          ? html`<p class="text-secondary">Nobody follows this desk yet.</p>`
          : html`<ul class="td-channels">
              ${all.map((each) => html`<li>${subscriptionLine(each, here)}</li>`)}
            </ul>`
      }
    </section>
  </section>`;
}

export interface SubscriptionView {
  state: SubscriptionState;
  latest: readonly Delivered[];
  desk: Policy['desk'];
  access: Access;
  csrfToken: string;
}

/** One of them: how it stands, what can be done, and what it was told. */
export function subscriptionMain(view: SubscriptionView): Html {
  const { state } = view;
  const { config } = state;
  return html`<section class="td-channel" aria-labelledby="subscription-title">
    <p><a href="/events">Events</a></p>
    <h1 id="subscription-title">${config.name}</h1>
    <p class="text-secondary">${config.why} Ask ${config.owner}.</p>
    ${stateCard(view)} ${logCard(view)}
  </section>`;
}

function stateCard(view: SubscriptionView): Html {
  const { config, waiting, deliveredAt } = view.state;
  const { timeZone } = view.desk;
  const isAll = config.events.size === EVENT_TYPES.length;
  return html`<section class="card" aria-labelledby="standing-title">
    <h2 class="td-card-title" id="standing-title">How it stands ${standingBadge(view.state)}</h2>
    ${troubleOf(view.state)}
    <p>
      <bdi>${addressWords(config.url)}</bdi>${config.internal ? ' (in a network of your own)' : ''}<br />
      ${deliveredAt === null ? 'Nothing was delivered so far.' : html`Delivered last ${moment(deliveredAt, timeZone)}.`}
      ${countWords(waiting, 'event waits', 'events wait')}.
    </p>
    <p class="form-hint">
      It is told of ${isAll ? 'everything' : [...config.events].map(plainType).join(', ')};
      ${config.messages ? 'with' : 'without'} what was written in messages.
    </p>
    ${isEnough(view.access, 'admin') ? acts(view) : null}
  </section>`;
}

function plainType(type: EventType): string {
  return type.replace('ticket.', '').replaceAll('_', ' ');
}

function acts({ state: { config, standing, waiting }, csrfToken }: SubscriptionView): Html {
  const at = `/events/${config.name}`;
  const act = (path: string, words: string, more: Readonly<Record<string, string>> = {}) =>
    html`<form method="post" action="${at}/${path}">
      ${hiddenFields({ _csrf: csrfToken, ...more })}<button class="btn btn-sm" type="submit">${words}</button>
    </form>`;
  return html`<div class="td-event-acts">
    ${act('test', 'Send a test')}
    ${
      standing?.offAt
        ? html`${act('on', waiting === 0 ? 'Switch on' : 'Switch on, and send what waits', { kept: 'send' })}
          ${waiting === 0 ? null : act('on', 'Switch on without it', { kept: 'leave_out' })}`
        : act('off', 'Switch off')
    }
  </div>`;
}

function logCard(view: SubscriptionView): Html {
  const { latest } = view;
  return html`<section class="card" id="log" aria-labelledby="log-title">
    <h2 class="td-card-title" id="log-title">What it was told</h2>
    ${
      latest.length === 0
        ? html`<p class="text-secondary">Nothing so far. A test shows whether it listens.</p>`
        : html`<ul class="td-lost-items">
            ${latest.map((each) => entry(each, view))}
          </ul>`
    }
  </section>`;
}

function entry(event: Delivered, { desk, access, csrfToken }: SubscriptionView): Html {
  const { type, createdAt, body } = event;
  return html`<li class="td-lost-item">
    <div>
      <p>
        <span class="td-lost-state ${LOOKS[event.state]}">${stateWords(event)}</span> <strong>${type}</strong>
        <span class="text-secondary">${moment(createdAt, desk.timeZone)}${answerWords(event)}</span>
      </p>
      ${event.problem === null ? null : html`<p>${problemWords(event.problem)}</p>`} ${nextWords(event, desk.timeZone)}
      <details>
        <summary>What was sent</summary>
        <p class="form-hint">webhook-id: <code>${event.id}</code></p>
        ${verbatim('pre', html`class="td-code" dir="auto" tabindex="0"`, readable(body))}
        ${
          event.answer
            ? html`<p class="form-hint">The answer began:</p>
                ${verbatim('pre', html`class="td-code" dir="auto" tabindex="0"`, event.answer)}`
            : null
        }
      </details>
    </div>
    ${isEnough(access, 'admin') ? againForm(event, csrfToken) : null}
  </li>`;
}

function againForm({ id, subscription }: Delivered, csrfToken: string): Html {
  return html`<div class="td-lost-acts">
    <form method="post" action="/events/${subscription}/again">
      ${hiddenFields({ _csrf: csrfToken, id })}<button class="btn btn-sm" type="submit">
        ${icon('retry')}Send again
      </button>
    </form>
  </div>`;
}

const STATES = { waiting: 'Waits', sent: 'Delivered', dead: 'Given up' } as const;
const LOOKS = { waiting: '', sent: 'td-open', dead: 'td-lost-lost' } as const;

/** A test is tried once, so that nobody gave it up. */
function stateWords({ state, type }: Delivered): string {
  return type === 'test' && state === 'dead' ? 'Not taken' : STATES[state];
}

function answerWords({ status, milliseconds, attempts }: Delivered): string {
  const tried = attempts > 1 ? `, ${attempts} attempts` : '';
  return status === null ? tried : `, answered ${status} in ${milliseconds ?? 0} ms${tried}`;
}

function nextWords({ state, nextAt, attempts }: Delivered, timeZone: string): Html | null {
  if (state !== 'waiting' || nextAt === null || attempts === 0) return null;
  return html`<p class="form-hint">Tried again ${moment(nextAt, timeZone)}.</p>`;
}

/** It was made by us, so that it can be read; as it was sent it is one line. */
function readable(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2);
}
