import type { ChannelConfig } from '../config/live.ts';
import type { Policy } from '../decide/policy.ts';
import { ticketName } from '../domain/ticket.ts';
import type { TurnedAway } from '../inbox/index.ts';
import type { ListenerState } from '../inbox/listeners.ts';
import { moment } from './badges.ts';
import type { ChannelRequest } from './channel-rows.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { problemWords } from './words.ts';

export interface ChannelView {
  channel: ChannelConfig;
  /** Where we are reached, without a slash at its end. */
  address: string;
  /** Null for a channel that waits to be called. */
  listening: ListenerState | null;
  turnedAway: TurnedAway | null;
  /** The latest, the newest first. */
  requests: readonly ChannelRequest[];
  desk: Policy['desk'];
}

/** What to paste into the sender's settings, and what came of it so far. */
export function channelMain(view: ChannelView): Html {
  const { channel } = view;
  return html`<section class="td-channel" aria-labelledby="channel-title">
    <h1 id="channel-title"><bdi>${channel.title}</bdi></h1>
    <p class="text-secondary">
      A channel of the kind <code>${channel.kind}</code>; <code>docs/channels/${channel.kind}.md</code> says which
      settings to make, click by click.
    </p>
    ${stateCard(view)} ${turnedAwayCard(view)} ${requestsCard(view)}
  </section>`;
}

function stateCard(view: ChannelView): Html {
  const { channel, address } = view;
  const hook = `${address}/hooks/${channel.name}`;
  const [token] = channel.secrets?.tokens ?? [];
  return html`<section class="card" aria-labelledby="address-title">
    <h2 class="td-card-title" id="address-title">Its address</h2>
    <p>${stateOf(view)}</p>
    ${
      view.listening === null
        ? field({ id: 'hook', label: 'Address to paste', value: hook })
        : html`<p class="form-hint">It fetches what comes by itself, so there is nothing to paste.</p>`
    }
    ${
      token === undefined
        ? null
        : html`<details>
            <summary>For senders that can only paste an address</summary>
            ${field({ id: 'hook-token', label: 'Address with its token, which is a secret', value: `${hook}/${token}` })}
          </details>`
    }
    ${
      channel.kind === 'form'
        ? html`<p class="form-hint">
            Request form: <a href="/forms/${channel.name}">${address}/forms/${channel.name}</a>
          </p>`
        : null
    }
  </section>`;
}

function field({ id, label, value }: { id: string; label: string; value: string }): Html {
  return html`<label class="form-label" for="${id}">${label}</label
    ><input class="form-control td-address-field" id="${id}" readonly value="${value}" data-copy />`;
}

function stateOf({ channel, listening, desk }: ChannelView): Html {
  if (channel.paused) return trouble('It is paused in channels.yaml: senders are told to come again later.');
  if (channel.missingSecrets.length > 0) {
    return trouble(`Set ${channel.missingSecrets.join(' and ')} in the environment or in .env, and start again.`);
  }
  if (listening === null) return html`It is open.`;
  if (listening.problem !== null) return trouble(problemWords(listening.problem));
  return html`It is
  connected${listening.since === null ? null : html` since ${moment(listening.since, desk.timeZone)}`}.`;
}

function trouble(words: string | Html): Html {
  return html`<span class="td-trouble">${icon('alert')}<span>${words}</span></span>`;
}

function turnedAwayCard({ turnedAway, desk }: ChannelView): Html | null {
  if (turnedAway === null) return null;
  return html`<section class="card" aria-labelledby="turned-away-title">
    <h2 class="td-card-title" id="turned-away-title">Turned away last</h2>
    <p>${moment(turnedAway.at, desk.timeZone)}, with ${turnedAway.status}. ${turnedAway.reason}</p>
    <p class="form-hint">The sender was told less. Since the last start of Tabledesk.</p>
  </section>`;
}

function requestsCard(view: ChannelView): Html {
  const { requests } = view;
  return html`<section class="card" aria-labelledby="requests-title">
    <h2 class="td-card-title" id="requests-title">What came last</h2>
    ${
      requests.length === 0
        ? html`<p class="text-secondary">
            Nothing came so far. Send something from the other side, and look here again.
          </p>`
        : html`<ul class="td-channels">
            ${requests.map((request) => html`<li>${requestEntry(request, view)}</li>`)}
          </ul>`
    }
  </section>`;
}

function requestEntry({ receivedAt, state, ticket, problem }: ChannelRequest, { desk }: ChannelView): Html {
  const at = moment(receivedAt, desk.timeZone);
  if (ticket === null) {
    const why = problem === null ? 'It waits to be read.' : problemWords(problem);
    const where = state === 'waiting' ? null : html` <a href="/health#lost">Lost and found</a> has it.`;
    return html`<p>${at}: ${why}${where}</p>`;
  }
  const { number, subject, requester, fields } = ticket;
  const names = Object.keys(fields);
  return html`<p>
      ${at}:
      <a href="/tickets/${number}">${ticketName(desk.prefix, number)} <bdi>${subject || 'without a subject'}</bdi></a>
      of <bdi>${requester || 'somebody without an address'}</bdi>
    </p>
    ${names.length === 0 ? null : html`<p class="form-hint">Besides: <bdi>${names.join(', ')}</bdi></p>`}`;
}
