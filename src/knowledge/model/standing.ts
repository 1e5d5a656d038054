import { desc, eq, gte, isNotNull, and, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { modelDays, type StoredProblem } from '../../db/schema.ts';
import type { Reading } from '../../kit/metrics.ts';
import type { ModelLevel } from '../../ports/language-model.ts';
import { type Spent, spentBy } from '../../db/model-spending.ts';

/** How it stands with the language model, for whoever looks. */
export interface ModelStanding {
  spent: Spent;
  /** What this model alone took this month. */
  own: { requests: number; cost: number };
  /** Of this month, and of the model that is asked now. */
  readings: number;
  /** Of them, those whose answer was known already. */
  kept: number;
  failures: number;
  /** Of a reading that took a request; null before the first. */
  meanMilliseconds: number | null;
  /** Why a ticket was not read, the last time; null where none was left unread this month. */
  failed: { problem: StoredProblem; at: Temporal.Instant; day: string } | null;
}

/** The language model as the page Health shows it. */
export interface ModelState extends ModelStanding {
  name: string;
  /** Null while the endpoint was never asked. */
  level: ModelLevel | null;
}

/** What was asked this month. Days are those of the desk. */
export async function modelStanding(
  queries: Queries,
  { model, today }: { model: string; today: Temporal.PlainDate },
): Promise<ModelStanding> {
  const month = today.with({ day: 1 }).toString();
  const ofMonth = and(eq(modelDays.model, model), gte(modelDays.day, month));
  const [row] = await queries
    .select({
      readings: sql<string>`coalesce(sum(${modelDays.readings}), 0)`,
      kept: sql<string>`coalesce(sum(${modelDays.kept}), 0)`,
      failures: sql<string>`coalesce(sum(${modelDays.failures}), 0)`,
      milliseconds: sql<string>`coalesce(sum(${modelDays.milliseconds}), 0)`,
      requests: sql<string>`coalesce(sum(${modelDays.requests}), 0)`,
      cost: sql<string>`coalesce(sum(${modelDays.cost}), 0)`,
    })
    .from(modelDays)
    .where(ofMonth);
  const [last] = await queries
    .select({ problem: modelDays.problem, at: modelDays.failedAt, day: modelDays.day })
    .from(modelDays)
    .where(and(ofMonth, isNotNull(modelDays.failedAt)))
    .orderBy(desc(modelDays.failedAt))
    .limit(1);
  const { readings, kept, failures, milliseconds, requests, cost } = numbersOf(row);
  const asked = readings - kept + failures;
  return {
    spent: await spentBy(queries, today),
    own: { requests, cost },
    readings,
    kept,
    failures,
    meanMilliseconds: asked === 0 ? null : Math.round(milliseconds / asked),
    failed: last?.problem && last.at !== null ? { ...last, problem: last.problem, at: last.at } : null,
  };
}

type Sums = 'readings' | 'kept' | 'failures' | 'milliseconds' | 'requests' | 'cost';

function numbersOf(row: Readonly<Record<Sums, string>> | undefined): Record<Sums, number> {
  const { readings = 0, kept = 0, failures = 0, milliseconds = 0, requests = 0, cost = 0 } = row ?? {};
  return {
    readings: Number(readings),
    kept: Number(kept),
    failures: Number(failures),
    milliseconds: Number(milliseconds),
    requests: Number(requests),
    cost: Number(cost),
  };
}

/** What models were asked altogether, for monitoring. */
export async function modelReadings(queries: Queries): Promise<readonly Reading[]> {
  const rows = await queries
    .select({
      model: modelDays.model,
      requests: sql<string>`sum(${modelDays.requests})`,
      input: sql<string>`sum(${modelDays.inputTokens})`,
      output: sql<string>`sum(${modelDays.outputTokens})`,
      cost: sql<string>`sum(${modelDays.cost})`,
      read: sql<string>`sum(${modelDays.readings} - ${modelDays.kept})`,
      kept: sql<string>`sum(${modelDays.kept})`,
      failed: sql<string>`sum(${modelDays.failures})`,
    })
    .from(modelDays)
    .groupBy(modelDays.model);
  const tickets = 'Tickets that a language model was asked about, by how it ended.';
  const tokens = 'Tokens that went to a language model and came back.';
  return rows.flatMap(({ model, requests, input, output, cost, read, kept, failed }): Reading[] => [
    figure('tabledesk_model_requests', 'Requests to a language model.', { value: requests, model }),
    figure('tabledesk_model_tokens', tokens, { value: input, model, direction: 'input' }),
    figure('tabledesk_model_tokens', tokens, { value: output, model, direction: 'output' }),
    figure('tabledesk_model_cost', 'What they cost, in the currency of the prices.', { value: cost, model }),
    figure('tabledesk_model_tickets', tickets, { value: read, model, result: 'read' }),
    figure('tabledesk_model_tickets', tickets, { value: kept, model, result: 'known' }),
    figure('tabledesk_model_tickets', tickets, { value: failed, model, result: 'failed' }),
  ]);
}

function figure(name: string, help: string, { value, ...labels }: { value: string } & Record<string, string>): Reading {
  return { name, help, value: Number(value), labels };
}
