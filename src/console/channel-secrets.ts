import type { ChannelConfig, NamedSecret } from '../config/live.ts';
import type { SecretKeeper } from '../config/secret-keeper.ts';
import { nameBefore } from '../config/secrets.ts';
import type { ChannelSetUp, SecretOrigin } from '../kit/channel-set-up.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { inlineMarkdown } from './markdown.ts';

const ROLE_WORDS: Readonly<Record<NamedSecret['role'], string>> = {
  token: 'Token that the sender shows',
  secret: 'Secret that the sender signs with',
  access: 'What we show the sender’s system',
  settings: 'What the settings name',
};

/** What the card about secrets shows. */
export interface SecretsView {
  channel: ChannelConfig;
  setUp: ChannelSetUp | null;
  keeper: SecretKeeper;
  csrfToken: string;
}

/** The secrets that the config names, each with a way to set it; nothing for a channel without any. */
export function secretsCard(view: SecretsView): Html | null {
  const { named } = view.channel;
  if (named.length === 0) return null;
  return html`<section class="card" id="secrets" aria-labelledby="secrets-title">
    <h2 class="td-card-title" id="secrets-title">Secrets</h2>
    <ul class="td-channels">
      ${named.map((secret) => html`<li>${secretEntry(secret, view)}</li>`)}
    </ul>
  </section>`;
}

function secretEntry(secret: NamedSecret, view: SecretsView): Html {
  const { variable, role, isSet, hasBefore } = secret;
  const state = isSet
    ? html`<span class="td-lost-state td-open">Set</span>`
    : html`<span class="td-lost-state td-lost-lost">Missing</span>`;
  return html`<p><strong>${ROLE_WORDS[role]}</strong> <code>${variable}</code> ${state}</p>
    ${view.keeper.canSet(variable) ? ways(secret, view) : elsewhere(secret)}
    ${hasBefore ? beforeEntry(secret, view) : null}`;
}

/** Whoever started us set it, or has to. */
function elsewhere({ variable, isSet }: NamedSecret): Html {
  return isSet
    ? html`<p class="form-hint">The environment sets it, which counts before <code>.env</code>. Change it there.</p>`
    : html`<p class="td-trouble">
        ${icon('alert')}<span>Set ${variable} in the environment or in .env, and start again.</span>
      </p>`;
}

function ways(secret: NamedSecret, view: SecretsView): Html {
  const origin = originOf(secret, view.setUp);
  return origin !== null && 'madeAs' in origin ? makeForm(secret, view) : enterForm(secret, { origin, view });
}

function originOf({ role }: NamedSecret, setUp: ChannelSetUp | null): SecretOrigin | null {
  return role === 'settings' ? null : (setUp?.[role] ?? null);
}

function makeForm(secret: NamedSecret, view: SecretsView): Html {
  return html`<form method="post" action="/channels/${view.channel.name}/secret">
    ${carried(secret, view, 'make')}
    <button class="btn btn-sm${secret.isSet ? null : ' btn-primary'}" type="submit">
      ${secret.isSet ? 'Make a new one' : 'Make one'}
    </button>
    <span class="form-hint"
      >It is shown once, and
      counts${secret.isSet ? ' at once. The one before goes on counting until you end it.' : ' at once.'}</span
    >
  </form>`;
}

/** What the other side made is entered here; it is not shown again either. */
function enterForm(secret: NamedSecret, { origin, view }: { origin: SecretOrigin | null; view: SecretsView }): Html {
  const { variable, isSet } = secret;
  const where = origin !== null && 'foundAt' in origin ? html`You find it ${inlineMarkdown(origin.foundAt)}.` : null;
  const fields = html`<form class="td-enter" method="post" action="/channels/${view.channel.name}/secret">
    ${carried(secret, view, 'set')}
    <label class="visually-hidden" for="value-${variable}">Value of ${variable}</label
    ><input
      class="form-control form-control-sm"
      id="value-${variable}"
      name="value"
      type="password"
      required
      maxlength="4000"
      autocomplete="off"
    /><button class="btn btn-sm${isSet ? null : ' btn-primary'}" type="submit">Save</button>
  </form>`;
  if (!isSet)
    return html`<p class="form-hint">${where}</p>
      ${fields}`;
  return html`<details>
    <summary>Replace it</summary>
    <p class="form-hint">${where}</p>
    ${fields}
  </details>`;
}

function beforeEntry(secret: NamedSecret, view: SecretsView): Html {
  const { variable } = secret;
  if (!view.keeper.canSet(nameBefore(variable))) return html`<p class="form-hint">The one before counts too.</p>`;
  return html`<form method="post" action="/channels/${view.channel.name}/secret">
    ${carried(secret, view, 'end')}
    <button class="btn btn-sm" type="submit">End the one before</button>
    <span class="form-hint">It counts too, as <code>${nameBefore(variable)}</code>, while the sender changes.</span>
  </form>`;
}

function carried({ variable }: NamedSecret, { csrfToken, keeper }: SecretsView, act: 'make' | 'set' | 'end'): Html[] {
  return hiddenFields({ _csrf: csrfToken, variable, act, was: String(keeper.timesSet(variable)) });
}

/** A secret that was just made, to be copied now. */
export function madeMain(made: {
  channel: ChannelConfig;
  secret: NamedSecret;
  value: string;
  /** The address with the token at its end; null where it does not go there. */
  hook: string | null;
}): Html {
  const { channel, secret, value, hook } = made;
  return html`<section class="td-channel" aria-labelledby="made-title">
    <h1 id="made-title">Copy it now</h1>
    <section class="card" aria-label="The new secret">
      <p>It is in <code>.env</code> as <code>${secret.variable}</code> and counts. It is not shown again.</p>
      ${copyField({ id: 'made', label: ROLE_WORDS[secret.role], value })}
      ${
        hook === null
          ? null
          : copyField({ id: 'made-hook', label: 'The address with it, where nothing else can be pasted', value: hook })
      }
      <p class="td-made">
        <a class="btn btn-primary" href="/channels/${channel.name}">I have it</a>
        <a class="btn" href="/docs/channels/${channel.kind}.md?channel=${channel.name}">Where it goes</a>
      </p>
    </section>
  </section>`;
}

/** A text to be taken elsewhere; the button is there where a script can do it. */
export function copyField({ id, label, value }: { id: string; label: string; value: string }): Html {
  return html`<label class="form-label" for="${id}">${label}</label>
    <div class="td-copy">
      <input class="form-control td-address-field" id="${id}" readonly value="${value}" data-copy /><button
        class="btn"
        type="button"
        data-copies="${id}"
        hidden
      >
        Copy
      </button>
    </div>`;
}
