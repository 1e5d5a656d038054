import type { Queries } from '../../db/connection.ts';
import { figuresOf } from '../../reports/figures/catalogue.ts';
import { answersByPerson } from '../../reports/flow/answers.ts';
import { wholeWords } from '../../reports/words.ts';
import { barInRow } from '../charts/bars.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Html } from '../markup.ts';
import type { Asked } from './asked.ts';
import { figureGroups } from './figure-groups.ts';

const OUTCOMES = figuresOf(
  'resolved',
  'first_reply_open_median',
  'resolution_open_median',
  'first_reply_kept',
  'resolution_kept',
  'reopened',
  'satisfaction',
);

const LOAD = figuresOf('open_now', 'open_over_24_hours', 'breached_now', 'in_review_now');

/** Who has how much, and what becomes of it. */
export async function teamMain(queries: Queries, asked: Asked): Promise<Html> {
  const note =
    'A ticket counts for whoever had it last. These figures are for sharing work out, not for ranking people.';
  return html`${await figureGroups(queries, { id: 'queue-load', title: 'Load now, by queue', by: 'queue', figures: LOAD, asked })}
  ${await figureGroups(queries, { id: 'agent-load', title: 'Load now, by person', by: 'assignee', figures: LOAD, asked })}
  ${await figureGroups(queries, { id: 'queue-outcomes', title: 'Outcomes, by queue', by: 'queue', figures: OUTCOMES, asked })}
  ${await figureGroups(queries, { id: 'agent-outcomes', title: 'Outcomes, by person', by: 'assignee', figures: OUTCOMES, asked, note })}
  ${answersCard(await answersByPerson(queries, asked.span))}`;
}

/** Not by the kinds of tickets that are looked at: who wrote is known of every message, whatever its ticket became. */
function answersCard(answers: ReadonlyMap<string, number>): Html {
  const people = [...answers].toSorted(([, one], [, other]) => other - one);
  const most = Math.max(...people.map(([, count]) => count), 1);
  return html`<section class="card td-groups" aria-labelledby="answers-title">
    <h2 class="td-card-title" id="answers-title">Answers sent, by person</h2>
    ${
      people.length === 0
        ? html`<p class="text-secondary">No answers in this period.</p>`
        : figuresTable(
            {
              columns: ['Person', 'Answers to requesters'],
              rows: people.map(([person, count]) => ({
                name: html`<bdi>${person}</bdi> ${barInRow(count / most)}`,
                cells: [wholeWords(count)],
              })),
            },
            { labelledBy: 'answers-title' },
          )
    }
    <p class="form-hint">Of all tickets, whichever are shown above. Internal notes are not answers.</p>
  </section>`;
}
