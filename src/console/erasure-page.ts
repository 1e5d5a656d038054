import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';

/** What the page asks before somebody is erased. */
export interface ErasureView {
  id: string;
  /** What would be erased, a sentence to a line. */
  lines: readonly string[];
  /** What is to be typed, so that nobody is erased by a slip. */
  confirm: string;
  /** Something else was typed. */
  isMistyped: boolean;
  csrfToken: string;
}

/** Says what erasing somebody would do, and asks for their address. */
export function erasureMain({ id, lines, confirm, isMistyped, csrfToken }: ErasureView): Html {
  return html`<section class="td-new" aria-labelledby="erasure-title">
    <h1 id="erasure-title">Erase a person</h1>
    <p class="text-secondary">
      Who they are and what was written goes, by them, to them and about them, here and in the base. What reports count
      stays. Nobody can bring it back.
    </p>
    ${isMistyped ? html`<p class="td-trouble" role="alert">${icon('alert')}That is not ${confirm}. Nothing was erased.</p>` : null}
    <form method="post" action="/requesters/${id}/erasure" class="card td-new-form">
      <ul class="td-erasure">
        ${lines.map((line) => html`<li dir="auto">${line}</li>`)}
      </ul>
      ${hiddenFields({ _csrf: csrfToken })}
      <div>
        <label class="form-label" for="erasure-confirm">Type <bdi>${confirm}</bdi> to erase them</label
        ><input class="form-control" id="erasure-confirm" name="confirm" autocomplete="off" required />
      </div>
      <div class="td-new-foot">
        <a class="btn" href="/requesters/${id}">Cancel</a><button class="btn btn-danger" type="submit">Erase</button>
      </div>
    </form>
  </section>`;
}

/** For admins, on the page of a requester: all that is held of them, and its end. */
export function personalDataCard(id: string, csrfToken: string): Html {
  return html`<section class="card" aria-labelledby="personal-title">
    <h2 class="td-card-title" id="personal-title">Personal data</h2>
    <div class="td-personal">
      <form method="post" action="/requesters/${id}/held">
        ${hiddenFields({ _csrf: csrfToken })}<button class="btn btn-sm" type="submit">Download all that is held</button>
      </form>
      <a href="/requesters/${id}/erasure">Erase this person…</a>
    </div>
  </section>`;
}
