import { hiddenFields, option } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';

/** How a request comes that somebody types here. It is the channel of the ticket. */
export const WAYS: Readonly<Record<string, string>> = {
  phone: 'On the phone',
  in_person: 'In person',
  console: 'Another way',
};

/** What was typed before, when something was missing. */
export interface TypedRequest {
  /** One of `WAYS`. */
  channel: string;
  name: string;
  email: string;
  subject: string;
  text: string;
}

export const NOTHING_TYPED: TypedRequest = { channel: 'phone', name: '', email: '', subject: '', text: '' };

/** The page on which a ticket is typed, on the phone or at the counter. */
export function newTicketMain(given: {
  csrfToken: string;
  formKey: string;
  typed: TypedRequest;
  trouble: string | null;
}): Html {
  const { csrfToken, formKey, typed, trouble } = given;
  return html`<section class="td-new" aria-labelledby="new-title">
    <h1 id="new-title">New ticket</h1>
    <p class="text-secondary">
      For a request that no channel brings. It is sorted, given an owner and timed like any other.
    </p>
    ${trouble === null ? null : html`<p class="td-trouble" role="alert">${icon('alert')}${trouble}</p>`}
    <form method="post" action="/tickets" class="card td-new-form">
      ${hiddenFields({ _csrf: csrfToken, key: formKey })} ${way(typed)} ${who(typed)} ${what(typed)}
      <div class="td-new-foot">
        <a class="btn" href="/">Cancel</a><button class="btn btn-primary" type="submit">Open ticket</button>
      </div>
    </form>
  </section>`;
}

function way({ channel }: TypedRequest): Html {
  return html`<div>
    <label class="form-label" for="new-channel">How it came</label>
    <select class="form-select" id="new-channel" name="channel">
      ${Object.entries(WAYS).map(([name, words]) => option(name, words, name === channel))}
    </select>
  </div>`;
}

function who({ name, email }: TypedRequest): Html {
  return html`<div class="td-new-who">
    <div>
      <label class="form-label" for="new-name">Who asks</label>
      <input
        class="form-control"
        id="new-name"
        name="name"
        value="${name}"
        maxlength="200"
        required
        autofocus
        autocomplete="off"
        dir="auto"
      />
    </div>
    <div>
      <label class="form-label" for="new-email"
        >Mail address <span class="form-label-description">if known</span></label
      >
      <input
        class="form-control"
        id="new-email"
        name="email"
        type="email"
        value="${email}"
        maxlength="254"
        autocomplete="off"
      />
    </div>
  </div>`;
}

const TEXT_BOX = html`class="form-control" id="new-text" name="text" rows="8" required dir="auto"
aria-describedby="new-hint"`;

function what({ subject, text }: TypedRequest): Html {
  return html`<div>
      <label class="form-label" for="new-subject">Subject</label>
      <input
        class="form-control"
        id="new-subject"
        name="subject"
        value="${subject}"
        maxlength="500"
        required
        autocomplete="off"
        dir="auto"
      />
    </div>
    <div>
      <label class="form-label" for="new-text">What they said</label>
      ${verbatim('textarea', TEXT_BOX, text)}
      <p class="form-hint" id="new-hint">In their own words, as far as you can: the rules read this text.</p>
    </div>`;
}
