import { eq } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { outbox } from '../../db/schema.ts';
import { keyOfRows } from '../../reports/weekly/sending.ts';
import type { Week } from '../../reports/weekly/week.ts';
import { isEnough } from '../../kit/access.ts';
import { hiddenFields } from '../form-parts.ts';
import { html, type Html } from '../markup.ts';
import { outgoingEntry } from '../outgoing.ts';
import type { Visit } from '../visit.ts';

/** Whether the review stands in its table of the base, and the button that writes it once more; nothing without one. */
export async function inBaseCard(
  queries: Queries,
  { config, access, session: { csrfToken } }: Pick<Visit, 'config' | 'access' | 'session'>,
  week: Week,
): Promise<Html | null> {
  const table = config.reports.weekly?.table ?? null;
  if (table === null) return null;
  const [entry] = await queries
    .select()
    .from(outbox)
    .where(eq(outbox.key, keyOfRows(week)));
  const { timeZone } = config.policy.desk;
  const next = `/reports/weekly?week=${week.name}`;
  return html`<section class="card" aria-labelledby="in-base-title">
    <h2 class="td-card-title" id="in-base-title">In the base</h2>
    ${
      entry === undefined
        ? html`<p class="text-secondary">
            This week is not in the table <bdi>${table.table}</bdi>; each new one is written there when its time comes.
          </p>`
        : outgoingEntry(entry, { access, csrfToken, timeZone, next })
    }
    ${isEnough(access, 'admin') ? html`<form method="post" action="/reports/weekly/base">${hiddenFields({ _csrf: csrfToken, week: week.name })}<button class="btn" type="submit">${entry === undefined ? 'Write it there now' : 'Write it there once more'}</button></form>` : null}
  </section>`;
}
