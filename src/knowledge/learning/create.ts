import { type LearningMark, readLearning, wantLearning } from '../../db/learning-mark.ts';
import { learnNow } from './attempt.ts';
import { classifierOf, type Held, openCategories, openProposals } from './held.ts';
import type { Ending, Learning, LearningState } from './index.ts';
import { askedVectors, type LearningParts, settingsOf, todayIn } from './parts.ts';
import { modelInForce, versionInForce } from './stored-models.ts';
import { proposalsStoredAt, storedProposals } from './stored-proposals.ts';
import { type VectorsStanding, vectorsStanding } from './vectors-standing.ts';

/** It takes a processor for a minute where tickets are many, so it is not done more often of its own accord. */
const NOT_WITHIN = { hours: 1 };

/** Another instance's model is taken up within so long. */
const FOLLOW_SECONDS = 10;

/** Opens what was learned before. What cannot be read is left out, and learned anew. */
export async function openLearning(parts: LearningParts): Promise<Learning> {
  const { connection, config, now } = parts;
  const held: Held = { ...(await openCategories(parts)), ...(await openProposals(parts)), lookedAt: now() };
  const ended = new AbortController();
  async function takeUp(): Promise<void> {
    held.lookedAt = now();
    if ((await versionInForce(connection)) !== held.inForce) Object.assign(held, await openCategories(parts));
    if ((await proposalsStoredAt(connection)) !== held.proposedAt) Object.assign(held, await openProposals(parts));
  }
  /** What waits for a review is judged again as soon as all of it is taken up. */
  async function takingUp(work: () => Promise<void>): Promise<void> {
    const { inForce } = held;
    try {
      await work();
      await takeUp();
    } finally {
      if (held.inForce !== inForce) await parts.wake('advise');
    }
  }
  return {
    classifier: () => (config.current().learning.isOn ? classifierOf(held, () => todayIn(config)) : null),
    async run() {
      if (!config.current().learning.isOn || !(await isDue(parts, held))) return;
      await takingUp(() => learnNow(parts, { signal: ended.signal, takeUp }));
    },
    async want() {
      await wantLearning(connection);
      await parts.wake('learn');
    },
    async catchUp() {
      if (held.lookedAt.until(now()).total('seconds') >= FOLLOW_SECONDS) await takingUp(async () => undefined);
    },
    state: () => readState(parts),
    async close() {
      ended.abort(new Error('The service stops.'));
    },
  };
}

async function isDue(parts: LearningParts, { inForce, readable, isStopped, isProposalLost }: Held): Promise<boolean> {
  const mark = await readLearning(parts.connection);
  if (mark === null || mark.triedAt === null || mark.isWanted) return true;
  const space = (await askedVectors(parts))?.space ?? null;
  if (mark.settings !== settingsOf(parts, space)) return true;
  const isTooSoon = Temporal.Instant.compare(parts.now(), mark.triedAt.add(NOT_WITHIN)) < 0;
  if (isTooSoon) return false;
  return mark.newsAt !== null || mark.endedAt === null || readable !== inForce || isStopped || isProposalLost;
}

async function readState(parts: LearningParts): Promise<LearningState> {
  const { connection, config } = parts;
  const mark: Partial<LearningMark> = (await readLearning(connection)) ?? {};
  const model = await modelInForce(connection);
  const { proposes } = config.current().policy.triage;
  const proposals = (await storedProposals(connection)).filter(({ field }) => proposes.includes(field));
  const { triedAt = null, endedAt = null, newsAt = null, isWanted = false } = mark;
  const { isOn, promise } = config.current().learning;
  const ending = (mark.ending ?? null) as Ending | null;
  const vectors = await vectorsNow(parts);
  return { isOn, promise, model, proposals, vectors, triedAt, endedAt, ending, isWanted, hasNews: newsAt !== null };
}

async function vectorsNow({ connection, config, embedder, now }: LearningParts): Promise<VectorsStanding | null> {
  const opened = await embedder();
  const { embedder: settings, policy } = config.current();
  if (opened === null || settings === null) return null;
  const today = now().toZonedDateTimeISO(policy.desk.timeZone).toPlainDate();
  return vectorsStanding(connection.queries, settings, { embedder: opened, today });
}
