import type { Request } from 'express';
import { isSpanName, type NamedSpan, type Span, spanNamed } from '../reports/span.ts';

/** The stretch that a request asks for by its name; the usual one where it names none. */
export function spanAsked(
  request: Request,
  { now, timeZone, usual }: { now: Temporal.Instant; timeZone: string; usual: NamedSpan },
): Span {
  const asked = request.query['span'];
  return spanNamed(typeof asked === 'string' && isSpanName(asked) ? asked : usual, now, timeZone);
}
