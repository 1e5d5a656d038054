import type { Queries } from '../../db/connection.ts';
import type { Figure } from '../../reports/figures/figure.ts';
import { compareShadow, readShadowWeek } from '../../reports/value/shadow-week.ts';
import { type Comparison, readValue, type Value } from '../../reports/value/value.ts';
import { ASSUMED, type AssumedName, whatIf } from '../../reports/value/what-if.ts';
import {
  ASSUMED_WORDS,
  betterWords,
  savedWords,
  sideWords,
  SOURCE_WORDS,
  sourceWords,
  totalWords,
} from '../../reports/value/words.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Html } from '../markup.ts';
import type { Visit } from '../visit.ts';
import { addressOf, type Asked, behind } from './asked.ts';
import { shadowCard } from './shadow-card.ts';

/** What the desk is worth: each part as a formula with its numbers, and what is taken for granted. */
export async function valueMain(
  queries: Queries,
  asked: Asked,
  { query, config }: Pick<Visit, 'query' | 'config'>,
): Promise<Html> {
  const { assumptions, tried } = whatIf(config.reports.value.assumptions, query);
  const settings = { ...config.reports.value, assumptions };
  const value = await readValue(queries, { span: asked.span, now: asked.now, settings });
  const week = await readShadowWeek(queries, asked.now);
  return html`${totalCard(value, tried)} ${savingsCard(value)} ${comparisonsCard(value, asked)} ${baselineCard(value)}
  ${week === null ? null : shadowCard(week, await compareShadow(queries, week))} ${assumptionsCard(value, asked, tried)}`;
}

function totalCard(value: Value, tried: readonly AssumedName[]): Html {
  return html`<section class="card td-leading" aria-labelledby="worth-title">
    <h2 class="td-card-title" id="worth-title">${tried.length === 0 ? 'Time saved' : 'Time saved, if it were so'}</h2>
    <p class="td-leading-value"><strong>${savedWords(value.total.minutes)}</strong></p>
    <p>${totalWords(value)}</p>
    ${value.doubts.map((doubt) => html`<p class="form-hint">${doubt}</p>`)}
  </section>`;
}

function savingsCard({ savings }: Value): Html {
  return html`<section class="card td-groups" aria-labelledby="savings-title">
    <h2 class="td-card-title" id="savings-title">What it is made of</h2>
    ${figuresTable(
      {
        columns: ['What', 'How it is worked out', 'Time', 'Between'],
        rows: savings.map(({ title, formula, minutes, low, high }) => ({
          name: title,
          cells: [
            formula,
            savedWords(minutes),
            low === null || low === high ? '' : `${savedWords(low)} and ${savedWords(high)}`,
          ],
        })),
      },
      { labelledBy: 'savings-title' },
    )}
  </section>`;
}

function comparisonsCard({ comparisons }: Value, asked: Asked): Html {
  return html`<section class="card td-groups" aria-labelledby="comparisons-title">
    <h2 class="td-card-title" id="comparisons-title">Before and now</h2>
    ${figuresTable(
      {
        columns: ['What', 'Before', 'Now', 'Difference, and what it may be'],
        rows: comparisons.map((comparison) => comparisonRow(comparison, asked)),
      },
      { labelledBy: 'comparisons-title' },
    )}
    <p class="form-hint">
      Both sides are counted by the same formula. In brackets: between what the difference lies, if chance had dealt
      other tickets, 95 times in a hundred.
    </p>
  </section>`;
}

function comparisonRow({ figure, before, now, better, doubts }: Comparison, asked: Asked) {
  return {
    name: html`<a href="${behind(figure.id, asked)}">${figure.title}</a>`,
    cells: [
      html`${sideWords(figure, before)}${before === null ? null : html`<br /><small class="text-secondary">${SOURCE_WORDS[before.by]}</small>`}`,
      sideWords(figure, now),
      better === null ? 'Nothing to compare' : differenceCell(figure, better, doubts),
    ],
  };
}

function differenceCell(figure: Figure, better: NonNullable<Comparison['better']>, doubts: readonly string[]): Html {
  const tone = better.value > 0 ? 'td-good' : better.value < 0 ? 'td-bad' : '';
  return html`<span class="td-change ${tone}">${betterWords(figure, better)}</span>${doubts.map(
      (doubt) => html`<br /><small class="text-secondary">${doubt}</small>`,
    )}`;
}

function baselineCard({ baseline: { sources } }: Value): Html {
  return html`<section class="card" aria-labelledby="baseline-title">
    <h2 class="td-card-title" id="baseline-title">How it was before</h2>
    ${
      sources.length === 0
        ? html`<p class="text-secondary">Nobody has said so far.</p>`
        : html`<ul>
            ${sources.map((source) => html`<li>${SOURCE_WORDS[source.by]}: <bdi>${sourceWords(source)}</bdi></li>`)}
          </ul>`
    }
    <p class="form-hint">
      Old tickets as a CSV file: <code>npx tabledesk baseline import old.csv</code>. Figures that you know: under
      <code>value</code> in <code>reports.yaml</code>. A week in which the desk only looks on: <code>shadow</code> in
      <code>desk.yaml</code>.
    </p>
  </section>`;
}

/** A form that asks for the same page with other numbers; nothing is kept. */
function assumptionsCard(value: Value, asked: Asked, tried: readonly AssumedName[]): Html {
  const { assumed, triageFrom } = value;
  const from = { given: 'as reports.yaml says', imported: 'the mean of what was imported', usual: 'a guess of ours' };
  return html`<section class="card" aria-labelledby="assumed-title">
    <h2 class="td-card-title" id="assumed-title">What is taken for granted</h2>
    <form class="td-assumed" action="/reports/value" method="get">
      ${spanFields(asked)}
      ${(Object.keys(ASSUMED) as AssumedName[]).map((name) => {
        const { title, unit } = ASSUMED_WORDS[name];
        const hint = name === 'triage' && !tried.includes('triage') ? ` (${from[triageFrom]})` : '';
        return html`<label for="assumed-${name}">${title}${hint}</label>
          <span
            ><input
              class="form-control"
              id="assumed-${name}"
              name="${name}"
              inputmode="decimal"
              pattern="[0-9]{1,7}([.][0-9]{1,4})?"
              value="${numberWords(assumed[ASSUMED[name]])}"
            />${unit === 'minutes' ? 'min' : assumed.currency}${tried.includes(name) ? html` <strong>tried</strong>` : null}</span
          >`;
      })}
      <span></span>
      <span>
        <button class="btn" type="submit">What if?</button>
        ${tried.length === 0 ? null : html`<a class="btn" href="${addressOf('/reports/value', asked)}">As it is written</a>`}
      </span>
    </form>
    <p class="form-hint">
      Nothing here is kept. What shall stay goes into <code>value.assumptions</code> of <code>reports.yaml</code>.
    </p>
  </section>`;
}

function spanFields({ span, spanName }: Asked): Html {
  if (spanName !== null) return html`<input type="hidden" name="span" value="${spanName}" />`;
  return html`<input type="hidden" name="from" value="${span.from.toString()}" /><input
      type="hidden"
      name="to"
      value="${span.until.subtract({ days: 1 }).toString()}"
    />`;
}

function numberWords(value: number | null): string {
  return value === null ? '' : String(Number(value.toFixed(1)));
}
