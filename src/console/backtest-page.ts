import { assumptionsOf } from '../backtest/assumptions.ts';
import type { BacktestState, ConfigChange, Difference } from '../backtest/index.ts';
import { changedLine, figuresOf } from '../backtest/words.ts';
import type { Finding } from '../config/live.ts';
import type { ProblemDetails } from '../domain/problem.ts';
import { backtestTickets } from './backtest-tickets.ts';
import { findingItem } from './config-card.ts';
import { hiddenFields, option } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html, verbatim } from './markup.ts';

export interface BacktestView {
  /** What stands in the form. */
  file: string;
  text: string;
  last: number;
  /** Names of the files that can be tried. */
  files: readonly string[];
  /** Where the files of the config are. */
  folder: string;
  state: BacktestState;
  /** By what the tickets are filtered; null for all of them. */
  only: Difference | null;
  page: number;
  prefix: string;
  timeZone: string;
  csrfToken: string;
}

/** Try a file of the config in other words on past tickets. */
export function backtestMain(view: BacktestView): Html {
  return html`<section class="td-channel td-backtest" aria-labelledby="backtest-title">
    <h1 id="backtest-title">Backtest</h1>
    <p class="text-secondary">
      What would a changed config have done? Past tickets are replayed with it and with the one in force. Nothing is
      sent, saved or changed. <a href="/docs/backtest.md">The guide</a> tells what is compared.
    </p>
    ${formCard(view)}
    <div
      id="live"
      class="td-backtest-live"
      ${view.state.kind === 'running' ? html`data-every="1000"` : html`data-still`}
    >
      ${stateCards(view)}
    </div>
  </section>`;
}

function formCard(view: BacktestView): Html {
  const { files, file, folder } = view;
  return html`<section class="card td-backtest-form" aria-labelledby="backtest-form-title">
    <h2 class="td-card-title" id="backtest-form-title">What is to be tried</h2>
    <form method="get" action="/backtest" class="td-backtest-choose">
      <label class="form-label" for="backtest-file">File</label>
      <select class="form-select" id="backtest-file" name="file">
        ${files.map((name) => option(name, name, name === file))}
      </select>
      <button class="btn" type="submit">Start from the one in force</button>
    </form>
    <form method="post" action="/backtest">
      ${hiddenFields({ _csrf: view.csrfToken, file })}
      <label class="form-label" for="backtest-text"><code>${file}</code> as it would be</label>
      ${verbatim('textarea', html`class="form-control td-backtest-text" id="backtest-text" name="text" rows="18" spellcheck="false" dir="ltr" aria-describedby="backtest-hint"`, view.text)}
      <p class="form-hint" id="backtest-hint">
        It is only tried here. To put it in force, save it as <code>${folder}/${file}</code>.
      </p>
      <div class="td-backtest-begin">
        <label class="form-label" for="backtest-last">Latest tickets</label>
        <input
          class="form-control"
          id="backtest-last"
          name="last"
          type="number"
          min="1"
          max="1000000"
          value="${view.last}"
          required
        />
        <button class="btn btn-primary" type="submit">${icon('retry')}Try it</button>
      </div>
    </form>
  </section>`;
}

function stateCards(view: BacktestView): Html | null {
  const { state } = view;
  switch (state.kind) {
    case 'none':
      return null;
    case 'running':
      return runningCard(view, state);
    case 'refused':
      return refusedCard(state);
    case 'failed':
      return failedCard(state.problem);
    case 'done':
      return doneCards(view, state);
  }
}

/** Whoever cancels meant to: that is no trouble. */
function failedCard({ code, message, fix }: ProblemDetails): Html {
  return html`<section class="card" aria-label="What came of it">
    ${
      code === 'backtest.cancelled'
        ? html`<p role="status">${message}</p>`
        : html`<p class="td-trouble" role="alert">${icon('alert')}${message}</p>`
    }
    <p>${fix}</p>
  </section>`;
}

function runningCard({ csrfToken }: BacktestView, state: Extract<BacktestState, { kind: 'running' }>): Html {
  const { tickets, of } = state.progress;
  const words =
    of === 0 ? 'It begins.' : `${tickets.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')} tickets.`;
  return html`<section class="card" aria-labelledby="backtest-running-title">
    <h2 class="td-card-title" id="backtest-running-title">Replaying ${whatOf(state.change)}</h2>
    <progress
      class="td-backtest-progress"
      max="${Math.max(1, of)}"
      value="${tickets}"
      aria-label="Tickets replayed"
    ></progress>
    <p role="status">${words} Begun by ${state.by}.</p>
    <form method="post" action="/backtest/cancel">
      ${hiddenFields({ _csrf: csrfToken })}<button class="btn btn-sm" type="submit">Cancel</button>
    </form>
  </section>`;
}

function refusedCard({ change, findings }: Extract<BacktestState, { kind: 'refused' }>): Html {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return html`<section class="card" aria-labelledby="backtest-refused-title">
    <h2 class="td-card-title" id="backtest-refused-title">Nothing was replayed</h2>
    <p class="td-trouble" role="alert">
      ${icon('alert')}<span>The changed config has ${errors === 1 ? 'an error' : `${errors} errors`}.</span>
    </p>
    <ul class="td-findings">
      ${findings.map((finding) => findingItem(finding, lineOf(change, finding)))}
    </ul>
  </section>`;
}

/** The line that is meant, where it is one of what was tried. */
function lineOf(change: ConfigChange, { file, line }: Finding): string | null {
  const text = 'files' in change ? change.files[file] : change.file === file ? change.text : undefined;
  return text?.split('\n')[line - 1] ?? null;
}

function doneCards(view: BacktestView, state: Extract<BacktestState, { kind: 'done' }>): Html {
  const { result, change, by } = state;
  const { summary } = result;
  return html`<section class="card" aria-labelledby="backtest-done-title">
      <h2 class="td-card-title" id="backtest-done-title">${changedLine(result)}</h2>
      <p class="text-secondary">Tried by ${by}: ${whatOf(change)}.</p>
      <div class="td-backtest-figures">
        ${figuresOf(summary).map(
          ({ title, lines }) =>
            html`<div>
              <h3>${title}</h3>
              <ul>
                ${lines.map((line) => html`<li>${line}</li>`)}
              </ul>
            </div>`,
        )}
      </div>
      <details>
        <summary>What is assumed</summary>
        <ul>
          ${assumptionsOf(summary).map((line) => html`<li>${line}</li>`)}
        </ul>
      </details>
    </section>
    ${backtestTickets(view, result)}`;
}

function whatOf(change: ConfigChange): Html {
  return 'files' in change ? html`a whole folder` : html`<code>${change.file}</code>`;
}
