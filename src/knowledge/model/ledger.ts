import { and, eq, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { type Spent, spentBy } from '../../db/model-spending.ts';
import { modelDays } from '../../db/schema.ts';
import { Problem } from '../../domain/problem.ts';
import type { ModelLedger } from '../../kit/model-ledger.ts';
import type { ModelSettings } from '../../ports/language-model.ts';
import type { Now } from '../../ports/now.ts';

/** Any number; the same for all instances, so that two do not take the last request of a day. */
const LOCK = 7_261_028;

export interface LedgerParts {
  connection: Connection;
  settings: Pick<ModelSettings, 'name' | 'caps' | 'prices'>;
  /** Of the desk, where its days begin. */
  timeZone: string;
  now: Now;
}

/** Keeps the budget of all models together: days and months are those of the desk. */
export function createModelLedger({ connection, settings, timeZone, now }: LedgerParts): ModelLedger {
  const { queries } = connection;
  const today = () => now().toZonedDateTimeISO(timeZone).toPlainDate();
  const here = () => ({ day: today().toString(), model: settings.name });
  const whole = () => and(eq(modelDays.day, here().day), eq(modelDays.model, here().model));
  return {
    claim: () =>
      queries.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
        refuseOverspending(await spentBy(tx, today()), { settings, timeZone, now });
        await tx
          .insert(modelDays)
          .values({ ...here(), requests: 1 })
          .onConflictDoUpdate({
            target: [modelDays.day, modelDays.model],
            set: { requests: sql`${modelDays.requests} + 1` },
          });
      }),
    async spend({ inputTokens, outputTokens, cost }) {
      await queries
        .update(modelDays)
        .set({
          inputTokens: sql`${modelDays.inputTokens} + ${inputTokens}`,
          outputTokens: sql`${modelDays.outputTokens} + ${outputTokens}`,
          cost: sql`${modelDays.cost} + ${cost ?? 0}::double precision`,
        })
        .where(whole());
    },
    async ended({ problem, isKept, milliseconds }) {
      const [readings, kept, failures] = [problem === null ? 1 : 0, isKept ? 1 : 0, problem === null ? 0 : 1];
      const failed = problem === null ? {} : { problem: stored(problem), failedAt: now() };
      await queries
        .insert(modelDays)
        .values({ ...here(), readings, kept, failures, milliseconds, ...failed })
        .onConflictDoUpdate({
          target: [modelDays.day, modelDays.model],
          set: {
            readings: sql`${modelDays.readings} + ${readings}`,
            kept: sql`${modelDays.kept} + ${kept}`,
            failures: sql`${modelDays.failures} + ${failures}`,
            milliseconds: sql`${modelDays.milliseconds} + ${milliseconds}`,
            ...failed,
          },
        });
    },
  };
}

function stored({ code, message, fix }: Problem) {
  return { code, message, fix };
}

/** @throws Problem `model.budget-spent` */
function refuseOverspending({ day, month }: Spent, parts: Omit<LedgerParts, 'connection'>): void {
  const { caps, prices } = parts.settings;
  const currency = prices?.currency ?? '';
  if (month.requests >= caps.callsPerMonth) throw budgetSpent(`${caps.callsPerMonth} requests`, 'month', parts);
  if (isOver(month.cost, caps.costPerMonth)) throw budgetSpent(`${caps.costPerMonth} ${currency}`, 'month', parts);
  if (day.requests >= caps.callsPerDay) throw budgetSpent(`${caps.callsPerDay} requests`, 'day', parts);
  if (isOver(day.cost, caps.costPerDay)) throw budgetSpent(`${caps.costPerDay} ${currency}`, 'day', parts);
}

function isOver(cost: number, cap: number | null): boolean {
  return cap !== null && cost >= cap;
}

function budgetSpent(
  what: string,
  unit: 'day' | 'month',
  { timeZone, now }: Pick<LedgerParts, 'timeZone' | 'now'>,
): Problem {
  const here = now().toZonedDateTimeISO(timeZone);
  const next = unit === 'day' ? here.add({ days: 1 }) : here.add({ months: 1 }).with({ day: 1 });
  return new Problem({
    code: 'model.budget-spent',
    message: `The language model has taken the ${what} that a ${unit} may have.`,
    fix: `Raise caps under model in triage.yaml, or wait for the next ${unit}; until then a person looks.`,
    retry: { afterSeconds: Math.ceil(here.until(next.startOfDay()).total('seconds')) },
  });
}
