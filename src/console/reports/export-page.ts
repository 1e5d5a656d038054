import type { Queries } from '../../db/connection.ts';
import { isAmong } from '../../reports/figures/among.ts';
import { figureNamed } from '../../reports/figures/catalogue.ts';
import { isBehind } from '../../reports/figures/tickets-behind.ts';
import {
  columnsOfExport,
  type ExportAsked,
  type ExportId,
  EXPORTS,
  exportText,
  isExport,
  saysOfExport,
} from '../../reports/export/export.ts';
import { EXPORT_FORMATS, isExportFormat } from '../../reports/export/formats.ts';
import { sendPieces } from '../../kit/send-pieces.ts';
import { html, type Html } from '../markup.ts';
import { NOT_FOUND } from '../refusal-pages.ts';
import { titled } from '../words.ts';
import type { Visit } from '../visit.ts';
import { addressOf, type Asked, askedOf, sideOf } from './asked.ts';

/** Which of them show only the tickets that the page is narrowed to. */
const NARROWED: readonly ExportId[] = ['tickets', 'figures'];

/** What can be taken along of the stretch that is shown, and how other tools read it themselves. */
export function exportMain(asked: Asked): Html {
  const isNarrowed = Object.keys(asked.among).length > 0;
  return html`${EXPORTS.map(
      (what) =>
        html`<section class="card td-groups" aria-labelledby="export-${what}">
          <h2 class="td-card-title" id="export-${what}">${titled(what)}</h2>
          <p>
            ${saysOfExport(what)} ${columnsOfExport(what).length} columns.
            ${isNarrowed && !NARROWED.includes(what) ? 'Of all tickets, whichever are shown.' : null}
          </p>
          <p>
            ${Object.entries(EXPORT_FORMATS).map(
              ([ending, { title }]) =>
                html`<a class="btn" href="${addressOf(`/reports/export/${what}.${ending}`, asked)}" download
                  >${title}</a
                > `,
            )}
          </p>
        </section>`,
    )}
    <p class="form-hint">
      <code>npx tabledesk export</code> writes the same without a browser. Tools that speak SQL read the views of the
      schema <code>bi</code>; <a href="/docs/exports.md">the guide</a> names every column.
    </p>`;
}

/** A file of rows, for saving. */
export async function giveExport(queries: Queries, visit: Visit): Promise<void> {
  const [what = '', format = ''] = visit.part('file').split('.');
  if (!isExport(what) || !isExportFormat(format)) return visit.refuse(NOT_FOUND);
  const asked = askedOf(visit);
  const { timeZone } = asked.span;
  const days = `${asked.span.from.toString()}-${asked.span.until.subtract({ days: 1 }).toString()}`;
  const { contentType } = EXPORT_FORMATS[format];
  visit.response
    .attachment(`${what}-${days}.${format}`)
    .set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' });
  await sendPieces(
    visit.response,
    exportText(queries, { what, format, ...asked, timeZone, ...(what === 'tickets' && ticketsAsked(visit, asked)) }),
  );
}

/** The tickets behind a figure where one is named, else those that were opened in the stretch. */
function ticketsAsked({ query }: Visit, { span, among }: Asked): Pick<ExportAsked, 'where'> & Partial<ExportAsked> {
  const figure = figureNamed(query('figure'));
  if (figure === null) return { where: isAmong(among) };
  return { span: null, where: isBehind({ figure, span, among, side: sideOf(query('side')) }) };
}
