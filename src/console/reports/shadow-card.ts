import type { Agreement, ShadowWeek } from '../../reports/value/shadow-week.ts';
import { agreementWords, SHADOW_FIELD_WORDS } from '../../reports/value/words.ts';
import { lengthWords } from '../../reports/words.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Html } from '../markup.ts';
import { countWords } from '../words.ts';

/** What the desk would have done in its shadow week, with what people did. */
export function shadowCard({ from, until, isOver, tickets }: ShadowWeek, agreements: readonly Agreement[]): Html {
  const days = Math.max(1, Math.round(from.until(until).total('hours') / 24));
  const title = isOver ? 'The shadow week' : 'The shadow week, so far';
  return html`<section class="card td-groups" aria-labelledby="shadow-title">
    <h2 class="td-card-title" id="shadow-title">${title}</h2>
    <p>
      ${countWords(tickets, 'ticket')} in ${countWords(days, 'day')}: what the desk decided without acting, beside what
      people chose in the base.
    </p>
    ${figuresTable(
      {
        columns: ['What', 'People chose', 'Desk and people', 'People took', 'The desk took', 'Where they differ'],
        rows: agreements.map((agreement) => ({
          name: SHADOW_FIELD_WORDS[agreement.field],
          cells: [
            countWords(agreement.chosen, 'ticket'),
            agreementWords(agreement),
            minutesCell(agreement.peopleMinutes),
            minutesCell(agreement.deskMinutes),
            html`${agreement.differing.map(
              ({ desk, people, tickets: count }) =>
                html`<bdi>${desk}</bdi>, people <bdi>${people}</bdi>: ${count}<br />`,
            )}`,
          ],
        })),
      },
      { labelledBy: 'shadow-title' },
    )}
    <p class="form-hint">
      The desk’s is its first decision, theirs what stood in the end. What they took is from the request until the cell
      was filled, in the middle of those tickets. Whom people chose depends on who was there, so that fewer agree there.
    </p>
  </section>`;
}

function minutesCell(minutes: number | null): string {
  if (minutes === null) return '–';
  return minutes < 1 ? 'under a minute' : lengthWords(minutes);
}
