import { capital } from '../domain/sentences/words.ts';
import { initialsOf } from './words.ts';
import { hiddenFields } from './form-parts.ts';
import { brandMark } from './frame.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { AsksFor } from './openings.ts';
import type { Session } from './sessions.ts';

const HINTS: Readonly<Record<AsksFor, string>> = {
  password: 'Whoever set up this desk chose it.',
  token: 'It was printed when the program started, and stands in the data folder.',
  'password or token': 'Whoever set up this desk chose the password. The token, for admins, stands in the data folder.',
};

/** The page for those who are not in yet. */
export function signInMain(given: {
  deskName: string;
  asksFor: AsksFor;
  /** Who else says who somebody is; null where nobody does. */
  provider: { title: string } | null;
  next: string;
  trouble: string | null;
  /** Filled in, when somebody came by the link that the program printed. */
  secret: string;
  /** Where customers write, for one who came here by mistake. */
  form: { address: string } | null;
}): Html {
  const { deskName, asksFor, provider, next, trouble, secret, form } = given;
  return html`<section class="td-door">
    <div class="td-door-brand">
      ${brandMark()}
      <p>${deskName}</p>
    </div>
    <div class="card">
      <div class="card-body">
        <h1>Sign in</h1>
        ${trouble === null ? null : html`<p class="td-trouble" role="alert">${icon('alert')}${trouble}</p>`}
        ${provider === null ? null : providerButton(provider.title, next)}
        <form method="post" action="/signin">
          ${hiddenFields({ next })}
          <input type="text" name="username" value="desk" autocomplete="username" hidden />
          <label class="form-label" for="secret">${capital(asksFor)}</label>
          <input
            class="form-control"
            id="secret"
            name="secret"
            type="password"
            value="${secret}"
            required
            autofocus
            autocomplete="current-password"
            aria-describedby="secret-hint"
          />
          <p class="form-hint" id="secret-hint">${HINTS[asksFor]}</p>
          <button class="btn ${provider === null ? 'btn-primary ' : ''}w-100" type="submit">Sign in</button>
        </form>
      </div>
    </div>
    ${form === null ? null : html`<p class="td-door-foot">Do you have a request? <a href="${form.address}">Write to us</a></p>`}
  </section>`;
}

/** A link and no form: pages may send forms to nobody else. */
function providerButton(title: string, next: string): Html {
  return html`<p>
      <a class="btn btn-primary w-100" href="/signin/provider?next=${encodeURIComponent(next)}"
        >Sign in with ${title}</a
      >
    </p>
    <p class="td-or">or</p>`;
}

/** The page that asks whose name changes are to bear. */
export function whoMain(given: { names: readonly string[]; session: Session; next: string }): Html {
  const { names, session, next } = given;
  return html`<section class="td-door td-who">
    <div class="card">
      <div class="card-body">
        <h1>Who works here?</h1>
        <p class="text-secondary">Replies, notes and changes bear your name, and “assign to me” needs to know you.</p>
        <form method="post" action="/me">
          ${hiddenFields({ _csrf: session.csrfToken, next })}
          ${
            names.length === 0
              ? null
              : html`<div class="td-who-list" role="group" aria-label="People of this desk">
                  ${names.map(
                    (name) =>
                      html`<button
                        class="btn"
                        type="submit"
                        name="person"
                        value="${name}"
                        ${name === session.person ? html` aria-current="true"` : null}
                      >
                        <span class="avatar avatar-sm" aria-hidden="true">${initialsOf(name)}</span><bdi>${name}</bdi>
                      </button>`,
                  )}
                </div>`
          }
        </form>
        <form method="post" action="/me" class="td-who-other">
          ${hiddenFields({ _csrf: session.csrfToken, next })}
          <label class="form-label" for="other">${names.length === 0 ? 'Your name' : 'Somebody else'}</label>
          <div class="td-who-row">
            <input
              class="form-control"
              id="other"
              name="other"
              maxlength="80"
              required
              autocomplete="name"
              placeholder="Your name"
            />
            <button class="btn btn-primary" type="submit">Continue</button>
          </div>
        </form>
      </div>
    </div>
  </section>`;
}
