import type { Request, Response } from 'express';
import { sendPieces } from '../kit/send-pieces.ts';
import { EXPORTS, type ExportAsked, exportText, isExport } from '../reports/export/export.ts';
import { EXPORT_FORMATS, isExportFormat } from '../reports/export/formats.ts';
import { spanBetween } from '../reports/span.ts';
import { sendProblem } from './errors.ts';
import type { HttpParts } from './parts.ts';

/** A table of what the desk knows, for other tools: `/api/export/tickets?format=csv&from=2026-01-01&to=2026-01-31`. */
export async function sendExport(
  parts: HttpParts,
  request: Request<{ what: string }>,
  response: Response,
): Promise<void> {
  const asked = askedOf(parts, request);
  if (typeof asked === 'string') {
    return sendProblem(
      { request, response, status: 404 },
      {
        code: 'export.not-found',
        message: `There is nothing to take out by this address: ${asked}.`,
        fix: `Ask for one of ${EXPORTS.join(', ')}, with format=${Object.keys(EXPORT_FORMATS).join(' or format=')}, and with from and to as 2026-01-31 or neither.`,
      },
    );
  }
  response.set('Content-Type', EXPORT_FORMATS[asked.format].contentType);
  await sendPieces(response, exportText(parts.connection.queries, asked));
}

/** What was asked for, or what of it cannot be read. */
function askedOf(
  { config, now }: HttpParts,
  { params: { what }, query }: Request<{ what: string }>,
): ExportAsked | string {
  const { timeZone } = config.current().policy.desk;
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const [format, from, to] = [text('format') || 'csv', text('from'), text('to')];
  const span = spanBetween(from, to, timeZone);
  if (!isExport(what)) return `there is no ${what.slice(0, 30)}`;
  if (!isExportFormat(format)) return `there is no format ${format.slice(0, 30)}`;
  if (span === null && (from !== '' || to !== '')) return `${from.slice(0, 30)} to ${to.slice(0, 30)} are no days`;
  return { what, format, span, among: {}, timeZone, now: now() };
}
