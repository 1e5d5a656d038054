import { MOST_A_NIGHT } from '../privacy/retention.ts';
import { moment } from './badges.ts';
import { type HealthView, momentsOf } from './health-view.ts';
import { html, type Html } from './markup.ts';
import { countWords } from './words.ts';

/** For how long tickets are kept, and how many it costs; nothing where they are kept for ever. */
export function retentionCard(view: HealthView): Html | null {
  const { retention: mark, config } = view;
  if (config.retention === null) return null;
  return html`<section class="card" id="retention" aria-labelledby="retention-title">
    <h2 class="td-card-title" id="retention-title">How long tickets are kept</h2>
    <p>
      Tickets are kept for ${config.retention.written} after their end. Then who asked and what was written in them is
      erased, as <code>keepTickets</code> in <code>privacy.yaml</code> says; what reports count stays.
    </p>
    ${mark === null ? null : dueLines(view, mark)}
  </section>`;
}

function dueLines(view: HealthView, { begins, due, lastRun }: NonNullable<HealthView['retention']>): Html {
  const { now, timeZone } = momentsOf(view);
  const waiting = countWords(due, 'ticket ended', 'tickets ended');
  if (Temporal.Instant.compare(now, begins) < 0) {
    return html`<p>
      ${waiting} longer ago. The first are erased in the night after ${moment(begins, timeZone)}, at most
      ${MOST_A_NIGHT.toLocaleString('en-GB')} in a night, and nothing brings them back; change the file before then to
      keep them.
    </p>`;
  }
  return html`${
    lastRun === null
      ? null
      : html`<p class="text-secondary">
          ${countWords(lastRun.erased, 'ticket was', 'tickets were')} erased ${moment(lastRun.at, timeZone)}.
        </p>`
  }
  ${due === 0 ? null : html`<p class="text-secondary">${waiting} longer ago, to be erased by night.</p>`}`;
}
