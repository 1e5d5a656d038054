import type { Connection } from '../../src/db/connection.ts';
import { decisions } from '../../src/db/schema.ts';
import { placingOf } from '../../src/domain/placing.ts';
import { at } from './builders.ts';
import { anOutcome, type OutcomeRow, writeHistory } from './histories.ts';

type DecisionRow = typeof decisions.$inferInsert;

/** The month that a seeded history is about: October of 2026. */
export const MONTH = { from: '2026-10-01', to: '2026-10-31' };

const OPENED = at('2026-10-05T09:00:00Z');

/** One decision of a ticket, as the pipeline writes them. */
export function aDecision(number: number, overrides: Partial<DecisionRow>): DecisionRow {
  return {
    id: `${number}-${crypto.randomUUID()}`,
    ticketKey: anOutcome({ number }).ticketKey,
    at: OPENED,
    stage: 'triage',
    code: 'triage.category_by_rule',
    params: {},
    sentence: 'So it was decided.',
    evidence: [],
    source: { kind: 'rule', name: 'Payments', owner: 'Ana' },
    configVersion: 'v1',
    ...overrides,
  };
}

/** A rule or a model gave a category, and the ticket was resolved with one. */
export function aTriaged(
  number: number,
  given: { rule?: string; model?: string; said: string | null; came: string; more?: Partial<OutcomeRow> },
): { row: OutcomeRow; made: readonly DecisionRow[] } {
  const { rule = 'Payments', model, said, came, more } = given;
  const row = anOutcome({
    number,
    openedAt: OPENED,
    category: came,
    resolvedAt: OPENED.add({ hours: 30 }),
    isOpen: false,
    status: 'resolved',
    ...more,
  });
  const byRule = { code: 'triage.category_by_rule', source: { kind: 'rule' as const, name: rule, owner: 'Ana' } };
  const byModel = {
    code: 'triage.category_by_opinion',
    source: { kind: 'model' as const, name: model ?? '' },
    params: { from: 'classifier' },
  };
  const first = { field: 'category', fromValue: null, toValue: said, ...(model === undefined ? byRule : byModel) };
  const byPerson = {
    stage: 'edit' as const,
    code: 'edit.changed',
    field: 'category',
    fromValue: said,
    toValue: came,
    source: { kind: 'person' as const, name: 'Ben' },
  };
  const made = [
    ...(said === null ? [] : [aDecision(number, first)]),
    ...(said === came ? [] : [aDecision(number, byPerson)]),
  ];
  return { row, made };
}

/** Writes tickets and what was decided of them. */
export async function writeMonth(
  connection: Connection,
  parts: readonly { row: OutcomeRow; made: readonly DecisionRow[] }[],
): Promise<void> {
  await writeHistory(
    connection,
    parts.map(({ row, made }) => ({ ...row, ...placingOf(made) })),
  );
  const rows = parts.flatMap(({ made }) => made);
  if (rows.length > 0) await connection.queries.insert(decisions).values(rows);
}

/** So many of the same, numbered on. */
export function times<Part>(first: number, count: number, make: (number: number) => Part): readonly Part[] {
  return Array.from({ length: count }, (_, index) => make(first + index));
}
