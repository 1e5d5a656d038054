import { isEnough } from '../kit/access.ts';
import { moment } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import { type HealthView } from './health-view.ts';
import { html, type Html } from './markup.ts';

type ByHand = NonNullable<NonNullable<HealthView['calls']>['byHand']>;

/** Setting up by hand that the base calls: what to enter there, step by step. Nothing where nobody has to. */
export function callsCard(view: HealthView): Html | null {
  const byHand = view.calls?.byHand ?? null;
  // What is entered there makes the base call us: a secret.
  if (byHand === null || !isEnough(view.access, 'admin')) return null;
  const base = view.status.storeTitle;
  return html`<section class="card" id="calls" aria-labelledby="calls-title">
    <h2 class="td-card-title" id="calls-title">Calls of ${base}</h2>
    ${byHand.openUntil === null ? html`${secretPart(byHand)}${openForm(view)}` : addressPart(byHand, byHand.openUntil, view)}
  </section>`;
}

/** While a secret is waited for. */
function addressPart({ steps, address }: ByHand, until: Temporal.Instant, view: HealthView): Html {
  const { timeZone } = view.config.policy.desk;
  return html`<p>${steps.enter}</p>
    ${field('calls-address', 'Address for calls', address)}
    <p class="form-hint">
      ${view.status.storeTitle} then sends a token to it: <a href="/health#calls">load this page again</a>, and it
      stands here. Until ${moment(until, timeZone)} the first token that comes is kept, and none at any other time.
    </p>`;
}

function secretPart({ steps, secret }: ByHand): Html | null {
  if (secret === null) return null;
  return html`<p>${steps.paste}</p>
    ${field('calls-secret', 'Token for calls', secret)}
    <p class="form-hint">
      It stands here until the first call that is signed with it. If it is not taken there, it came from somebody else:
      set the calls up anew.
    </p>`;
}

function openForm({ csrfToken, calls, status }: HealthView): Html {
  const isNew = (calls?.agreement ?? null) === null;
  const why = isNew
    ? html`<p class="text-secondary">
        ${status.storeTitle} can call when something changes, and is then asked less often.
      </p>`
    : null;
  return html`${why}
    <form method="post" action="/base/calls">
      ${hiddenFields({ _csrf: csrfToken })}<button class="btn btn-sm" type="submit">
        ${isNew ? 'Set the calls up' : 'Set the calls up anew'}
      </button>
    </form>`;
}

function field(id: string, label: string, value: string): Html {
  return html`<label class="visually-hidden" for="${id}">${label}</label
    ><input class="form-control form-control-sm td-address-field" id="${id}" readonly value="${value}" data-copy />`;
}
