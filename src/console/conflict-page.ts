import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { Clash, EditableField } from './ticket-form.ts';
import { type DeskWords, FIELD_WORDS, valueWords } from './words.ts';

/** The page for when somebody else changed the same field while the form was open. */
export function conflictMain(given: {
  number: number;
  name: string;
  clashes: readonly Clash[];
  /** Every field that the form changes, as it wrote it; sent again when the visitor insists. */
  wanted: readonly (readonly [field: EditableField, value: string])[];
  now: Readonly<Record<EditableField, string>>;
  csrfToken: string;
  desk: DeskWords;
}): Html {
  const { number, name, clashes, wanted, now, csrfToken, desk } = given;
  const carried = Object.fromEntries(
    wanted.flatMap(([field, value]) => [
      [field, value],
      [`was.${field}`, now[field]],
    ]),
  );
  return html`<section class="td-refusal td-conflict">
    <div class="td-refusal-mark">${icon('alert')}</div>
    <p class="td-refusal-status">409</p>
    <h1>${name} changed while you looked at it</h1>
    <p>Nothing of yours was saved yet. Choose which is to stand.</p>
    ${clashTable(clashes, desk)}
    <div class="td-conflict-acts">
      <a class="btn btn-primary" href="/tickets/${number}">Keep it as it is now</a>
      <form method="post" action="/tickets/${number}/edit">
        ${hiddenFields({ _csrf: csrfToken, ...carried })}<button class="btn" type="submit">Save what I want</button>
      </form>
    </div>
  </section>`;
}

function clashTable(clashes: readonly Clash[], desk: DeskWords): Html {
  const words = (field: EditableField, value: string): string =>
    valueWords(field, field === 'needsReview' ? value === 'yes' : value, desk);
  return html`<table class="table td-clashes">
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">You saw</th>
        <th scope="col">It is now</th>
        <th scope="col">You want</th>
      </tr>
    </thead>
    <tbody>
      ${clashes.map(
        ({ field, was, is, wanted }) =>
          html`<tr>
            <th scope="row">${FIELD_WORDS[field]}</th>
            <td>${words(field, was)}</td>
            <td><strong>${words(field, is)}</strong></td>
            <td>${words(field, wanted)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
