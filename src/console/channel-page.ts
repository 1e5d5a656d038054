import { SECRET_ROLES } from '../kit/channel-set-up.ts';
import { moment } from './badges.ts';
import { copyField, secretsCard, type SecretsView } from './channel-secrets.ts';
import { type ChannelNow, stateBadge, stateOf } from './channel-state.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { requestsCard, type RequestsView } from './request-card.ts';
import { trialCard, type TrialView } from './trial-card.ts';
import { problemWords } from './words.ts';

/** How often the page looks whether something came, in milliseconds: while one waits, that is the whole point. */
const EVERY = 4000;

export interface ChannelView extends ChannelNow, SecretsView, TrialView {
  /** What people call its kind. */
  kindTitle: string;
  /** Where we are reached, without a slash at its end. */
  address: string;
  came: RequestsView;
  /** Whether its senders may show the token at the end of the address. */
  hasTokenInAddress: boolean;
}

/** What to paste into the sender's settings, and what came of it so far. */
export function channelMain(view: ChannelView): Html {
  const { channel, kindTitle, now } = view;
  return html`<section class="td-channel" aria-labelledby="channel-title">
    <h1 id="channel-title"><bdi>${channel.title}</bdi> ${stateBadge(stateOf(view, now))}</h1>
    <p class="text-secondary">
      ${kindTitle}: <a href="/docs/channels/${channel.kind}.md?channel=${channel.name}">the guide</a> has each click on
      the other side, with your address in it.
    </p>
    ${addressCard(view)} ${secretsCard(view)}
    <div class="td-channel" id="live" data-every="${EVERY}">
      ${turnedAwayCard(view)} ${trialCard(view)} ${requestsCard(view.came)}
    </div>
  </section>`;
}

function addressCard(view: ChannelView): Html {
  const { channel, address, listens, hasTokenInAddress } = view;
  const hook = `${address}/hooks/${channel.name}`;
  const unpasted = whyUnpasted(view);
  return html`<section class="card" aria-labelledby="address-title">
    <h2 class="td-card-title" id="address-title">${listens ? 'Its connection' : 'Its address'}</h2>
    <p>${doorOf(view)}</p>
    ${
      unpasted === null
        ? copyField({ id: 'hook', label: 'Address to paste', value: hook })
        : html`<p class="form-hint">${unpasted}</p>`
    }
    ${
      hasTokenInAddress && channel.named.some(({ role }) => role === 'token')
        ? html`<p class="form-hint">Where nothing but an address can be pasted, add a slash and the token.</p>`
        : null
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

/** Why nobody pastes its address anywhere; null where somebody does. */
function whyUnpasted({ listens, setUp }: ChannelView): string | null {
  if (listens) return 'It fetches what comes by itself, so there is nothing to paste.';
  const isOfOurs = setUp !== null && SECRET_ROLES.every((role) => setUp[role] === undefined);
  return isOfOurs ? 'Pages of ours lead there, so there is nothing to paste.' : null;
}

function doorOf({ channel, listening, desk }: ChannelView): Html {
  if (channel.paused) return trouble('It is paused in channels.yaml: senders are told to come again later.');
  if (channel.secrets === null)
    return trouble('It is closed until its secret is set: senders are told to come again later.');
  if (listening === null) return html`It is open.`;
  if (listening.problem !== null) return trouble(problemWords(listening.problem));
  return html`It is
  connected${listening.since === null ? null : html` since ${moment(listening.since, desk.timeZone)}`}.`;
}

function trouble(words: string | Html): Html {
  return html`<span class="td-trouble">${icon('alert')}<span>${words}</span></span>`;
}

function turnedAwayCard({ turnedAway, desk, channel }: ChannelView): Html | null {
  if (turnedAway === null) return null;
  return html`<section class="card" aria-labelledby="turned-away-title">
    <h2 class="td-card-title" id="turned-away-title">Turned away last</h2>
    <p>${moment(turnedAway.at, desk.timeZone)}, with ${turnedAway.status}. ${turnedAway.reason}</p>
    <p class="form-hint">
      The sender was told less.
      <a href="/docs/channels/README.md?channel=${channel.name}#when-a-request-is-refused">What to check</a>
    </p>
  </section>`;
}
