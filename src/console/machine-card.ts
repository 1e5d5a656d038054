import { ticketName } from '../domain/ticket.ts';
import { isEnough } from '../kit/access.ts';
import { nearMoment } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import { type HealthView, momentsOf } from './health-view.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { problemWords, titled } from './words.ts';

/** The machine room: lanes, database, base. */
export function machineCard(view: HealthView): Html {
  const { health, database, status, config } = view;
  const { prefix } = config.policy.desk;
  return html`<section class="card" id="machine" aria-labelledby="machine-title">
    <h2 class="td-card-title" id="machine-title">Machine room</h2>
    <dl class="td-pairs">
      <div>
        <dt>Running since</dt>
        <dd>${nearMoment(status.startedAt, momentsOf(view))}</dd>
      </div>
      <div>
        <dt>Database</dt>
        <dd>
          ${database.engine === 'pglite' ? 'Embedded (PGlite)' : 'PostgreSQL'}<br /><code class="td-break"
            >${database.place}</code
          >
        </dd>
      </div>
      <div>
        <dt>Base</dt>
        <dd>${status.storeTitle}</dd>
      </div>
    </dl>
    ${
      health.refusedTickets.length === 0
        ? null
        : html`<h3 class="td-card-sub">Rows that the base refuses</h3>
            <ul class="td-others">
              ${health.refusedTickets.map(({ number, problem }) => html`<li><a href="/tickets/${number}">${ticketName(prefix, number)}</a> <small>${problem === null ? null : problemWords(problem)}</small></li>`)}
            </ul>
            ${isEnough(view.access, 'admin') ? writeAgain(view) : null}`
    }
    <h3 class="td-card-sub">Lanes</h3>
    <ul class="td-lanes">
      ${health.lanes.map(({ lane, isRunning, isWaiting }) => html`<li><span>${titled(lane)}</span><span class="td-lane td-lane-${isRunning ? 'on' : isWaiting ? 'next' : 'idle'}">${isRunning ? 'Running' : isWaiting ? 'About to run' : 'Idle'}</span></li>`)}
    </ul>
  </section>`;
}

function writeAgain({ csrfToken }: HealthView): Html {
  return html`<form method="post" action="/base/write-refused">
    ${hiddenFields({ _csrf: csrfToken })}<button class="btn btn-sm" type="submit">
      ${icon('retry')}Write them again
    </button>
  </form>`;
}
