import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { spentBy } from '../db/model-spending.ts';
import { readReconsidering, reconsiderAgainAt } from '../db/reconsidering.ts';
import { tickets } from '../db/schema.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { ModelCaps } from '../ports/language-model.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { type Desk, hold, heldTicket } from './desk.ts';
import { takeTurn } from './take-turn.ts';

/** So many tickets at a time: their rows go to Airtable in one request, and to Notion in ten. */
const AT_ONCE = 10;

/** Then the others have their turn: base and language model are there for what comes in meanwhile. */
const PAUSE = { minutes: 1 };

/** What waits already may take so much of what a language model may cost; the rest is for what is to come. */
const SHARE_OF_CAPS = 0.5;

/** While that is used up it is looked again so much later: with a day or a month there is more. */
const LONG_PAUSE = { hours: 1 };

/** Who could be heard of a ticket now; null for none. */
interface Judges {
  version: number | null;
  model: string | null;
}

/**
 * Has tickets that wait for a review judged again when there is something to hear that was not heard of them: what was
 * learned since, or another language model. Newest first, a few at a time, each once by the same. What a person chose
 * is not looked at; the choice is read in the lane, so that none is overtaken.
 */
export async function reconsider(parts: PipelineParts): Promise<void> {
  const { queries } = parts.connection;
  const againAt = await readReconsidering(queries);
  if (againAt !== null && Temporal.Instant.compare(parts.now(), againAt) < 0) return;
  const hasRoom = await hasRoomToAsk(parts);
  const model = parts.config.current().policy.triage.model?.name ?? null;
  const judges = { version: parts.classifier()?.version ?? null, model: hasRoom ? model : null };
  const looked = await lookAgain(parts, judges);
  const isOver = looked < AT_ONCE;
  const isHeldBack = isOver && !hasRoom && (await waitingFor({ tx: queries }, { version: null, model }, 1)).length > 0;
  const next = isHeldBack ? LONG_PAUSE : isOver ? null : PAUSE;
  if (next !== null || againAt !== null) await reconsiderAgainAt(queries, next === null ? null : parts.now().add(next));
}

/** Most looks find nothing, and cost no turn of the lane. Returns how many had to be looked at. */
async function lookAgain(parts: PipelineParts, judges: Judges): Promise<number> {
  const { classifier, connection } = parts;
  const found = await waitingFor({ tx: connection.queries }, judges, AT_ONCE);
  if (found.length === 0) return 0;
  await classifier()?.vectors?.prepare(found.map(({ ticket }) => ticket));
  return atDesk(parts, async (desk) => {
    // Another version may have come in the moment between, and the one that the desk holds is heard.
    const waiting = await waitingFor(desk, { ...judges, version: desk.classifier?.version ?? null }, AT_ONCE);
    await hold(
      desk,
      waiting.map(({ key }) => key),
    );
    for (const { key, judgedModel } of waiting) {
      const isOther = judges.model !== null && judges.model !== judgedModel;
      await takeTurn(desk, await heldTicket(desk, key), occasionOf(isOther, desk.now));
    }
    return waiting.length;
  });
}

function occasionOf(isOtherModel: boolean, at: Temporal.Instant): Occasion {
  return { kind: 'reconsidered', why: isOtherModel ? 'other_model' : 'learned', at };
}

/** Open tickets in review, without a person's choice, of which one of the judges was not heard yet; newest first. */
function waitingFor({ tx }: Pick<Desk, 'tx'>, { version, model }: Judges, most: number) {
  const unheard: SQL[] = [];
  if (version !== null) unheard.push(sql`${tickets.judgedVersion} is distinct from ${version}`);
  if (model !== null) unheard.push(sql`${tickets.judgedModel} is distinct from ${model}`);
  return tx
    .select({ key: tickets.key, ticket: tickets.ticket, judgedModel: tickets.judgedModel })
    .from(tickets)
    .where(
      and(
        eq(tickets.isOpen, true),
        eq(tickets.needsReview, true),
        isNull(sql`${tickets.ticket} #> '{overrides,category}'`),
        unheard.length === 0 ? sql`false` : or(...unheard),
      ),
    )
    .orderBy(desc(tickets.number))
    .limit(most);
}

/** Whether a language model may be asked about what waits already. */
async function hasRoomToAsk({ connection, config, now }: PipelineParts): Promise<boolean> {
  const { model, policy } = config.current();
  if (model === null) return false;
  const today = now().toZonedDateTimeISO(policy.desk.timeZone).toPlainDate();
  const { day, month } = await spentBy(connection.queries, today);
  const isSpent = (spent: number, cap: number | null) => cap !== null && spent >= cap * SHARE_OF_CAPS;
  const { callsPerDay, callsPerMonth, costPerDay, costPerMonth }: ModelCaps = model.caps;
  const isCalledOften = isSpent(day.requests, callsPerDay) || isSpent(month.requests, callsPerMonth);
  return !isCalledOften && !isSpent(day.cost, costPerDay) && !isSpent(month.cost, costPerMonth);
}
