import type { RowFinding } from '../config/agent-rows.ts';
import { isEnough } from '../kit/access.ts';
import type { TableState } from '../sync/tables.ts';
import { nearMoment } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import { type HealthView, momentsOf } from './health-view.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { countWords, problemWords, sentence } from './words.ts';

/** Whether something of the tables of the base needs a person. */
export function hasTableTrouble({ tables, rowFindings }: Pick<HealthView, 'tables' | 'rowFindings'>): boolean {
  return tables.some(({ problem }) => problem !== null) || rowFindings.some(({ severity }) => severity === 'error');
}

/** The tables of the base beside the tickets' own: when each was read, and what is wrong with it; nothing without any. */
export function tablesCard(view: HealthView): Html | null {
  const { tables, rowFindings, access, csrfToken } = view;
  if (tables.length === 0) return null;
  return html`<section class="card" id="tables" aria-labelledby="tables-title">
    <h2 class="td-card-title" id="tables-title">Tables of the base</h2>
    ${tables.map((table) => tableItem(table, view))}
    ${
      rowFindings.length === 0
        ? null
        : html`<ul class="td-findings">
            ${rowFindings.map(findingItem)}
          </ul>`
    }
    ${isEnough(access, 'admin') ? html`<form method="post" action="/base/tables">${hiddenFields({ _csrf: csrfToken })}<button class="btn btn-sm" type="submit">${icon('retry')}Read them now</button></form>` : null}
  </section>`;
}

function tableItem({ table, usedFor, address, rows, readAt, problem }: TableState, view: HealthView): Html {
  const name = address === null ? html`<bdi>${table}</bdi>` : html`<a href="${address}"><bdi>${table}</bdi></a>`;
  const read =
    readAt === null ? 'not read yet' : html`${countWords(rows, 'row')}, read ${nearMoment(readAt, momentsOf(view))}`;
  return html`<p><strong>${name}</strong>: ${read}. <small>${usedFor}</small></p>
    ${
      problem === null
        ? null
        : html`<p class="td-trouble">
            ${icon('alert')}<span>${problemWords(problem)} What was read last counts.</span>
          </p>`
    }`;
}

/** What is wrong with a row, where it stands, and how to mend it. */
function findingItem({ severity, table, row, column, message, fix }: RowFinding): Html {
  return html`<li class="td-finding td-finding-${severity}">
    <p>
      <span class="td-finding-kind">${severity === 'error' ? 'Error' : 'Warning'}</span>
      <span class="td-place"><bdi>${table}</bdi>, row <bdi>${row}</bdi></span
      >${column === null ? null : html` <code>${column}</code>`}
    </p>
    <p>
      <strong>${sentence(message)}</strong>
      ${fix}${severity === 'error' ? ' Until it is mended, what the row said before counts.' : null}
    </p>
  </li>`;
}
