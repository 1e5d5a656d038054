import { isEnough } from '../kit/access.ts';
import { moment, nearMoment } from './badges.ts';
import { callsCard } from './calls-card.ts';
import { channelsCard } from './channels-card.ts';
import { eventsCard } from './events-card.ts';
import { configCard } from './config-card.ts';
import { deadAddressesCard, deadInTeam } from './dead-addresses-card.ts';
import { type HealthView, momentsOf } from './health-view.ts';
import { icon, type Icon } from './icons.ts';
import { instancesCard } from './instances-card.ts';
import { learningCard } from './learning-card.ts';
import { lostCard } from './lost-card.ts';
import { machineCard } from './machine-card.ts';
import { modelCard } from './model-card.ts';
import { html, type Fill, type Html } from './markup.ts';
import { outgoingEntry } from './outgoing.ts';
import { retentionCard } from './retention-card.ts';
import { hasTableTrouble, tablesCard } from './tables-card.ts';
import { hasWayTrouble, waysCard } from './ways-card.ts';
import { countWords, problemWords } from './words.ts';

/** A sync that is behind for longer than this is worth a look: a flush takes seconds. */
const BEHIND_MINUTES = 2;

/** How the desk is: first what needs a person, then what is merely good to know. */
export function healthMain(view: HealthView): Html {
  return html`<div class="td-health">
    <h1>Health</h1>
    <ul class="td-tiles">
      ${tiles(view).map(tile)}
    </ul>
    ${configCard(view)} ${instancesCard(view)} ${baseCard(view)} ${tablesCard(view)} ${callsCard(view)}
    ${waysCard(view)} ${lostCard(view)} ${deadCard(view)} ${tooManyCard(view)} ${deadAddressesCard(view)}
    ${eventsCard(view.subscriptions, momentsOf(view))} ${modelCard(view)}
    ${learningCard(view.learning, momentsOf(view))} ${retentionCard(view)}
    <div class="td-health-pair">${channelsCard(view)}${machineCard(view)}</div>
  </div>`;
}

interface Tile {
  name: string;
  figure: string;
  more: Fill;
  tone: 'good' | 'busy' | 'bad';
  href: string;
}

function tile({ name, figure, more, tone, href }: Tile): Html {
  const signs: Readonly<Record<Tile['tone'], Icon>> = { good: 'check', busy: 'clock', bad: 'alert' };
  const words = { good: 'Well', busy: 'Busy', bad: 'Needs you' }[tone];
  return html`<li class="td-tile td-tile-${tone}">
    <a href="${href}"
      ><span class="td-tile-name">${name}<span class="td-tile-sign">${icon(signs[tone])}${words}</span></span
      ><strong>${figure}</strong><small>${more}</small></a
    >
  </li>`;
}

function tiles(view: HealthView): Tile[] {
  const { inbox } = view.health;
  return [
    {
      name: 'Inbox',
      figure: countWords(inbox.waiting, 'waiting', 'waiting'),
      more:
        inbox.oldestWaitingAt === null
          ? 'Everything that came in is sorted.'
          : html`The oldest came ${nearMoment(inbox.oldestWaitingAt, momentsOf(view))}.`,
      tone: inbox.waiting > 0 ? 'busy' : 'good',
      href: '#lost',
    },
    {
      name: 'Lost and found',
      figure: countWords(inbox.lost, 'lost', 'lost'),
      more:
        inbox.ignored === 0
          ? 'Nothing was left out.'
          : `${countWords(inbox.ignored, 'item was', 'items were')} left out on purpose.`,
      tone: inbox.lost > 0 ? 'bad' : 'good',
      href: '#lost',
    },
    outgoingTile(view),
    syncTile(view),
  ];
}

function outgoingTile(view: HealthView): Tile {
  const { dead, waiting } = view.health.outbox;
  const trouble = outgoingTrouble(view);
  return {
    name: 'Messages out',
    figure: dead > 0 ? countWords(dead, 'given up', 'given up') : countWords(waiting, 'waiting', 'waiting'),
    more: trouble?.words ?? unsentWords(view),
    tone: dead > 0 || trouble !== null ? 'bad' : waiting > 0 ? 'busy' : 'good',
    href: dead > 0 ? '#dead' : (trouble?.href ?? '#dead'),
  };
}

/** What keeps somebody from hearing of us; null when nothing does. */
function outgoingTrouble(view: HealthView): { words: string; href: string } | null {
  const ours = deadInTeam(view).map(({ address }) => address);
  const many = view.health.tooMany.length;
  if (hasWayTrouble(view)) return { words: 'A way to the team does not work.', href: '#ways' };
  if (ours.length > 0) return { words: `Notices to ${ours.join(', ')} come back.`, href: '#addresses' };
  if (many === 0) return null;
  return { words: `${countWords(many, 'letter is', 'letters are')} too many for one address.`, href: '#too-many' };
}

function unsentWords({ health: { outbox } }: HealthView): string {
  if (outbox.notSent === 0) return 'Everything is sent.';
  return `${outbox.notSent.toLocaleString('en-GB')} not sent, because nothing is set up to send with.`;
}

/** Whether the base calls, or why it does not; nothing of one that calls nobody. */
function callsLine(view: HealthView): Html | null {
  const { calls, status } = view;
  if (calls === null) return null;
  const { hasAddress, agreement, calledAt, missedAt, problem, byHand } = calls;
  const base = status.storeTitle;
  if (!hasAddress) return html` ${base} does not call when something changes: PUBLIC_URL is not set.`;
  if (problem !== null) return html` ${base} does not call when something changes. ${problemWords(problem)}`;
  if (agreement === null && byHand !== null) {
    const way = isEnough(view.access, 'admin') ? html`<a href="#calls">set that up</a>` : 'an admin can set that up';
    return html` ${base} does not call when something changes: ${way}.`;
  }
  if (agreement === null) return html` ${base} is about to be asked to call when something changes.`;
  const { timeZone } = view.config.policy.desk;
  const until = agreement.until === null ? null : html` (renewed until ${moment(agreement.until, timeZone)})`;
  if (calledAt === null) return html` ${base} has agreed to call${until}; no call has come through yet.`;
  const missed =
    missedAt === null
      ? null
      : html` One that was due ${nearMoment(missedAt, momentsOf(view))} did not come, so it is asked as often as ever.`;
  return html` ${base} calls when something changes${until}; the last call came
  ${nearMoment(calledAt, momentsOf(view))}.${missed}`;
}

function syncTile(view: HealthView): Tile {
  const { sync } = view.health;
  const lag = sync.behindSince === null ? 0 : sync.behindSince.until(view.now).total('minutes');
  const spent = view.status.base.requestsSpent();
  const isBad = sync.refusedRows > 0 || lag > BEHIND_MINUTES || hasBaseWords(view) || hasTableTrouble(view);
  const refused =
    sync.refusedRows > 0 ? `${countWords(sync.refusedRows, 'row is', 'rows are')} refused by the base. ` : '';
  const requests =
    spent === null
      ? ''
      : `${spent.count.toLocaleString('en-GB')}${spent.allowed === null ? '' : ` of ${spent.allowed.toLocaleString('en-GB')}`} requests this month${spent.pollsToCome === null ? '' : `, and about ${spent.pollsToCome.toLocaleString('en-GB')} to come for asking what changed`}.`;
  return {
    name: `Sync with ${view.status.storeTitle}`,
    figure: sync.behind === 0 ? 'Up to date' : countWords(sync.behind, 'row behind', 'rows behind'),
    more: html`${refused}${sync.behindSince === null ? null : html`The oldest change was made ${nearMoment(sync.behindSince, momentsOf(view))}. `}${requests}${callsLine(view)}${refused === '' && requests === '' && sync.behindSince === null ? 'The base has everything.' : null}`,
    tone: isBad ? 'bad' : sync.behind > 0 ? 'busy' : 'good',
    href: view.health.rest !== null || hasBaseWords(view) ? '#base' : hasTableTrouble(view) ? '#tables' : '#machine',
  };
}

/** Whether there is something to say of the base that lasts until somebody mends it. */
function hasBaseWords({ status: { base } }: HealthView): boolean {
  return (base.requestsSpent()?.warning ?? null) !== null || base.locked().length > 0;
}

/** What the base will not do for us, or soon not any more; nothing while all is well. */
function baseCard(view: HealthView): Html | null {
  const { rest, sync } = view.health;
  if (rest === null && !hasBaseWords(view)) return null;
  const warning = view.status.base.requestsSpent()?.warning ?? null;
  const { timeZone } = view.config.policy.desk;
  return html`<section class="card" id="base" aria-labelledby="base-title">
    <h2 class="td-card-title" id="base-title">${view.status.storeTitle}</h2>
    ${warning === null ? null : html`<p>${warning}</p>`}
    ${view.status.base.locked().map((column) => html`<p>${problemWords(column)}</p>`)}
    ${sync.withheldRows === 0 ? null : html`<p>${countWords(sync.withheldRows, 'row is', 'rows are')} behind in what may not be written.</p>`}
    ${rest === null ? null : html`<p>${problemWords(rest.problem)} It is tried again at ${moment(rest.until, timeZone)}.</p>`}
  </section>`;
}

/** Letters that stay here, as too many go to one address; nothing while there are none. */
function tooManyCard({ health, access, csrfToken, config }: HealthView): Html | null {
  if (health.tooMany.length === 0) return null;
  const given = { access, csrfToken, timeZone: config.policy.desk.timeZone, next: '/health#too-many' };
  return html`<section class="card" id="too-many" aria-labelledby="too-many-title">
    <h2 class="td-card-title" id="too-many-title">Too many letters to one address</h2>
    <ul class="td-outgoing">
      ${health.tooMany.map((entry) => html`<li>${outgoingEntry(entry, given)}</li>`)}
    </ul>
  </section>`;
}

/** Messages that were tried again and again and given up. */
function deadCard({ health, access, csrfToken, config }: HealthView): Html {
  const given = { access, csrfToken, timeZone: config.policy.desk.timeZone, next: '/health#dead' };
  return html`<section class="card" id="dead" aria-labelledby="dead-title">
    <h2 class="td-card-title" id="dead-title">Messages given up</h2>
    ${
      health.dead.length === 0
        ? html`<p class="text-secondary">
            None. What fails is tried again by itself; only what keeps failing stands here.
          </p>`
        : html`<ul class="td-outgoing">
            ${health.dead.map((entry) => html`<li>${outgoingEntry(entry, given)}</li>`)}
          </ul>`
    }
  </section>`;
}
