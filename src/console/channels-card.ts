import { stateBadge, stateOf, type ChannelNow } from './channel-state.ts';
import type { HealthView } from './health-view.ts';
import { html, type Html } from './markup.ts';

/** The ways in, each with how it is, and its page. */
export function channelsCard({ channels, now }: HealthView): Html {
  return html`<section class="card" aria-labelledby="channels-title">
    <h2 class="td-card-title" id="channels-title">Channels</h2>
    ${
      channels.length === 0
        ? html`<p class="text-secondary">There is no way in yet. Add one to <code>channels.yaml</code>.</p>`
        : html`<ul class="td-lanes">
            ${channels.map((each) => channelItem(each, now))}
          </ul>`
    }
    <p class="form-hint"><a href="/docs/channels/README.md">All kinds of channels, and how to add one</a></p>
  </section>`;
}

function channelItem(channel: ChannelNow, now: Temporal.Instant): Html {
  const { name, title, kind } = channel.channel;
  return html`<li>
    <span
      ><a href="/channels/${name}"><bdi>${title}</bdi></a
      >${kind === 'form' ? html` · <a href="/forms/${encodeURIComponent(name)}">its form</a>` : null}</span
    >
    ${stateBadge(stateOf(channel, now))}
  </li>`;
}
