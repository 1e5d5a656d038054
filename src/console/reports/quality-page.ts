import { linkToTry } from '../../backtest/link.ts';
import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
import { ticketName } from '../../domain/ticket.ts';
import type { FileChange, Finding } from '../../reports/quality/check.ts';
import { changedLines } from '../../reports/quality/markdown.ts';
import { type Quality, readQuality } from '../../reports/quality/quality.ts';
import { wholeWords } from '../../reports/words.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Html } from '../markup.ts';
import { ruleAddress } from '../playbook-address.ts';
import { countWords } from '../words.ts';
import type { Asked } from './asked.ts';
import { behindFinding } from './quality-address.ts';
import { qualityTables } from './quality-tables.ts';

/** What to mend, which rule does it, and every case that was looked at. */
export async function qualityMain(
  queries: Queries,
  asked: Asked,
  config: Pick<LoadedConfig, 'policy' | 'files'>,
): Promise<Html> {
  const quality = await readQuality(queries, { config, scope: asked });
  return html`${findingsPart(quality, asked)} ${qualityTables(quality.groups, asked)}
  ${ownersCard(quality, config.policy.desk.prefix)}`;
}

function findingsPart({ findings }: Quality, asked: Asked): Html {
  if (findings.length === 0) {
    return html`<section class="card">
      <h2 class="td-card-title">Nothing stands out</h2>
      <p class="text-secondary">
        A finding needs twenty cases, and more that went wrong than chance would do. Choose a longer period for more.
      </p>
    </section>`;
  }
  return html`${findings.map(
    (part, index) =>
      html`<section class="card td-findings" aria-labelledby="findings-${index}">
        <h2 class="td-card-title" id="findings-${index}">${part.title}</h2>
        <ul>
          ${part.findings.map((finding) => html`<li>${findingItem(finding, asked)}</li>`)}
        </ul>
      </section>`,
  )}`;
}

function findingItem({ says, cases, behind, rule, proposal, change }: Finding, asked: Asked): Html {
  return html`<p><strong dir="auto">${says}</strong></p>
    <p>${proposal}</p>
    ${change === null ? null : changeBlock(change)}
    <p class="td-among">
      ${change === null ? null : html`<a class="badge" href="${linkToTry({ file: change.file, text: change.after })}">Try it on past tickets</a>`}
      ${cases === 0 ? null : html`<a class="badge" href="${behindFinding(behind, asked)}">${countWords(cases, 'case')}</a>`}
      ${rule === null ? null : html`<a class="badge" href="${ruleAddress(rule)}"><bdi>${rule.name}</bdi> ${rule.place ?? '(not in the config any more)'}</a>`}
    </p>`;
}

function changeBlock(change: FileChange): Html {
  return html`<pre
    class="td-change-lines"
    aria-label="Proposed change of ${change.file}"
  ><code>${changedLines(change).join('\n')}</code></pre>`;
}

function ownersCard({ manyOwners: { tickets, total } }: Quality, prefix: string): Html | null {
  if (total === 0) return null;
  return html`<section class="card td-groups" aria-labelledby="owners-title">
    <h2 class="td-card-title" id="owners-title">New tickets that three people or more had</h2>
    ${figuresTable(
      {
        columns: ['Ticket', 'Subject', 'Given to people', 'Queue'],
        rows: tickets.map(({ number, subject, owners, queue }) => ({
          name: html`<a class="td-number" href="/tickets/${number}">${ticketName(prefix, number)}</a>`,
          cells: [
            html`<bdi class="td-subject" dir="auto">${subject}</bdi>`,
            wholeWords(owners),
            html`<bdi>${queue}</bdi>`,
          ],
        })),
      },
      { labelledBy: 'owners-title' },
    )}
    ${total > tickets.length ? html`<p class="form-hint">${total - tickets.length} more.</p>` : null}
  </section>`;
}
