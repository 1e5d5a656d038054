import type { ChannelConfig } from '../config/live.ts';
import type { HealthView } from './health-view.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';

/** The ways in, each with the address to paste. */
export function channelsCard({ config, address }: HealthView): Html {
  const channels = Object.values(config.channels);
  return html`<section class="card" aria-labelledby="channels-title">
    <h2 class="td-card-title" id="channels-title">Channels</h2>
    ${
      channels.length === 0
        ? html`<p class="text-secondary">There is no way in yet. Add one to <code>channels.yaml</code>.</p>`
        : html`<ul class="td-channels">
            ${channels.map((channel) => channelItem(channel, address))}
          </ul>`
    }
  </section>`;
}

function channelItem(channel: ChannelConfig, address: string): Html {
  const missing = channel.missingSecrets;
  const hook = `${address}/hooks/${channel.name}`;
  const needsToken = (channel.secrets?.tokens.length ?? 0) > 0;
  return html`<li>
    <p>
      <a href="/channels/${channel.name}"
        ><strong><bdi>${channel.title}</bdi></strong></a
      >
      ${missing.length > 0 ? html`<span class="td-lost-state td-lost-lost">Closed</span>` : channel.paused ? html`<span class="td-lost-state">Paused</span>` : html`<span class="td-lost-state td-open">Open</span>`}
    </p>
    ${missing.length > 0 ? html`<p class="td-trouble">${icon('alert')}<span>Set ${missing.join(' and ')} in the environment, and start again.</span></p>` : null}
    <label class="visually-hidden" for="hook-${channel.name}">Address of ${channel.title}</label
    ><input
      class="form-control form-control-sm td-address-field"
      id="hook-${channel.name}"
      readonly
      value="${hook}"
      data-copy
    />
    ${needsToken ? html`<p class="form-hint">Senders that cannot sign add a slash and the token.</p>` : null}
    ${channel.kind === 'form' ? html`<p class="form-hint">Request form: <a href="/forms/${encodeURIComponent(channel.name)}">${address}/forms/${channel.name}</a></p>` : null}
  </li>`;
}
