import { nearMoment } from './badges.ts';
import type { Here } from './badges.ts';
import type { SubscriptionState } from './event-rows.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { countWords, problemWords } from './words.ts';

/** How it stands with those who follow tickets; nothing on a desk that nobody follows. */
export function eventsCard(all: readonly SubscriptionState[], here: Here): Html | null {
  if (all.length === 0) return null;
  return html`<section class="card" id="events" aria-labelledby="events-title">
    <h2 class="td-card-title" id="events-title">Systems that follow tickets</h2>
    <ul class="td-channels">
      ${all.map((each) => html`<li>${subscriptionLine(each, here)}</li>`)}
    </ul>
  </section>`;
}

/** Its name, how it stands, and what waits. */
export function subscriptionLine(state: SubscriptionState, here: Here): Html {
  const { config, waiting, deliveredAt } = state;
  return html`<p>
      <a href="/events/${config.name}"><strong>${config.name}</strong></a> ${standingBadge(state)}
      <span class="text-secondary">${addressWords(config.url)}</span>
    </p>
    <p class="form-hint">
      ${config.why}
      ${deliveredAt === null ? 'Nothing was delivered so far' : html`Delivered last ${nearMoment(deliveredAt, here)}`},
      ${countWords(waiting, 'event waits', 'events wait')}.
    </p>
    ${troubleOf(state)}`;
}

/** In a word. */
export function standingBadge({ config, standing }: SubscriptionState): Html {
  if (standing?.offAt) return html`<span class="td-lost-state td-lost-lost">Off</span>`;
  if (config.url === null || config.secrets.length === 0) {
    return html`<span class="td-lost-state td-lost-lost">Waits</span>`;
  }
  if ((standing?.failures ?? 0) > 0) return html`<span class="td-lost-state">Failing</span>`;
  return html`<span class="td-lost-state td-open">On</span>`;
}

/** What is wrong and what to do; nothing when all is well. */
export function troubleOf({ config, standing }: SubscriptionState): Html | null {
  if (config.missingSecrets.length > 0) {
    return trouble(`Set ${config.missingSecrets.join(' and ')} in the environment or in .env, and start again.`);
  }
  if (standing?.offBy) return trouble(`${standing.offBy} switched it off. What happens meanwhile waits here.`);
  return standing?.problem ? trouble(problemWords(standing.problem)) : null;
}

function trouble(words: Html | string): Html {
  return html`<span class="td-trouble">${icon('alert')}<span>${words}</span></span>`;
}

/** The host alone: what stands behind it is often a secret. */
export function addressWords(url: string | null): string {
  const read = url === null ? null : URL.parse(url);
  if (read === null) return 'without an address';
  return read.pathname === '/' && read.search === '' ? read.origin : `${read.origin}/…`;
}
