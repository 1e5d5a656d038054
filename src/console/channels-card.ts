import { isEnough } from '../kit/access.ts';
import { stateBadge, stateOf, type ChannelNow } from './channel-state.ts';
import type { HealthView } from './health-view.ts';
import { html, type Html } from './markup.ts';

/** The ways in, each with how it is, and its page. */
export function channelsCard({ channels, access, now }: HealthView): Html {
  return html`<section class="card" aria-labelledby="channels-title">
    <h2 class="td-card-title" id="channels-title">Channels</h2>
    ${
      channels.length === 0
        ? html`<p class="text-secondary">There is no way in yet. Add one to <code>channels.yaml</code>.</p>`
        : html`<ul class="td-lanes">
            ${channels.map((each) => channelItem(each, { access, now }))}
          </ul>`
    }
    <p class="form-hint"><a href="/docs/channels/README.md">All kinds of channels, and how to add one</a></p>
  </section>`;
}

function channelItem(channel: ChannelNow, { access, now }: Pick<HealthView, 'access' | 'now'>): Html {
  const { name, title, kind } = channel.channel;
  const words = html`<bdi>${title}</bdi>`;
  return html`<li>
    <span
      >${isEnough(access, 'admin') ? html`<a href="/channels/${name}">${words}</a>` : words}${kind === 'form' ? html` · <a href="/forms/${encodeURIComponent(name)}">its form</a>` : null}</span
    >
    ${stateBadge(stateOf(channel, now))}
  </li>`;
}
