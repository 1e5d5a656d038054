import type { Queries } from '../../db/connection.ts';
import { figureNamed } from '../figures/catalogue.ts';
import { ticketsBehind } from '../figures/tickets-behind.ts';
import { listCases } from './cases.ts';
import type { Behind, Scope } from './check.ts';
import { CHECKS } from './checks.ts';

/** Numbers of tickets behind a finding, the latest first. */
export async function ticketsOf(
  queries: Queries,
  behind: Behind,
  { scope, most }: { scope: Scope; most: number },
): Promise<readonly number[]> {
  const page = { limit: most, offset: 0 };
  if (behind.of === 'cases') {
    const { check, of: _, ...which } = behind;
    const { cases } = await listCases(queries, { check: CHECKS[check], scope, ...which, ...page });
    return [...new Set(cases.map(({ number }) => number))];
  }
  const figure = figureNamed(behind.figure);
  if (figure === null) return [];
  const { span, now } = scope;
  const { tickets } = await ticketsBehind(queries, { figure, span, among: behind.among, side: 'in', now, ...page });
  return tickets.map(({ number }) => number);
}
