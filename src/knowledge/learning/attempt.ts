import { beginLearning, endLearning } from '../../db/learning-mark.ts';
import type { Log } from '../../kit/log.ts';
import type { Ending } from './index.ts';
import { type Learned, trainAside } from './aside.ts';
import { lessonsIn } from './lessons.ts';
import { type AskedVectors, askedVectors, type LearningParts, settingsOf, todayIn } from './parts.ts';
import { modelsToMatch, putBack, storeModel } from './stored-models.ts';
import { storeProposal } from './stored-proposals.ts';
import type { Trained } from './train.ts';
import { createVectorRound, type VectorRound } from './vector-round.ts';

/**
 * One attempt; the categories are taken up before anything else is learned. What broke off, and what failed, has no end:
 * it is tried again when an hour has passed.
 */
export async function learnNow(
  parts: LearningParts,
  { signal, takeUp }: { signal: AbortSignal; takeUp: () => Promise<void> },
): Promise<void> {
  const { connection, now } = parts;
  const triedAt = now();
  const vectors = await askedVectors(parts);
  await beginLearning(connection, { triedAt, settings: settingsOf(parts, vectors?.space ?? null) });
  const round = vectors === null ? null : createVectorRound(parts, vectors, signal);
  try {
    await learnWith(parts, { vectors, round, signal, takeUp });
    await round?.tidy();
  } catch (error) {
    if (signal.aborted) return;
    const ending: Ending = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    await endLearning(connection.queries, { endedAt: null, ending });
    throw error;
  }
}

interface Round {
  vectors: AskedVectors | null;
  round: VectorRound | null;
  signal: AbortSignal;
  takeUp: () => Promise<void>;
}

async function learnWith(parts: LearningParts, { vectors, round, signal, takeUp }: Round): Promise<void> {
  const { connection, config, log } = parts;
  const { promise } = config.current().learning;
  const { proposes } = config.current().policy.triage;
  const today = todayIn(config);
  const older = await modelsToMatch(connection, promise);
  const space = vectors === null ? {} : { space: vectors.space };
  const curriculum = { promise, names: today.names, proposes, older, ...space };
  const lessons = lessonsIn(connection, today);
  for await (const learned of trainAside(round?.added(lessons) ?? lessons, curriculum, signal)) {
    const asked = { name: vectors?.embedder.name ?? '', isStopped: round?.isStopped() ?? false };
    await keep(parts, learned, { promise, asked });
    if (learned.kind !== 'trained') continue;
    logEnding(log, learned.trained);
    await takeUp();
  }
}

/** The promise that was to be kept; and of which model vectors were asked, and whether it failed meanwhile. */
interface Circumstances {
  promise: number;
  asked: { name: string; isStopped: boolean };
}

async function keep(parts: LearningParts, learned: Learned, circumstances: Circumstances): Promise<void> {
  if (learned.kind === 'trained') return keepCategories(parts, learned.trained, circumstances);
  const { field, trained } = learned;
  await storeProposal(parts.connection, trained, { field, learnedAt: parts.now(), promise: circumstances.promise });
}

/** All at once, so that no instance sees a model without what is said of it. */
async function keepCategories(
  { connection, now }: LearningParts,
  trained: Trained,
  { promise, asked }: Circumstances,
): Promise<void> {
  await connection.queries.transaction(async (tx) => {
    if (trained.kind === 'learned') {
      const { bytes, joined, threshold, report } = trained;
      const at = { learnedAt: now(), inForceAt: now() };
      const vectors = trained.vectors === null ? null : { ...trained.vectors, ...asked };
      const learned = { tickets: report.tickets, promise, threshold, report, vectors, model: bytes, joined };
      await storeModel(tx, { ...at, ...learned });
    }
    if (trained.kind === 'kept') await putBack(tx, trained.version, now());
    await endLearning(tx, { endedAt: now(), ending: endingOf(trained) });
  });
}

function endingOf(trained: Trained): Ending {
  switch (trained.kind) {
    case 'learned':
      return { kind: 'learned', comparison: trained.comparison };
    case 'kept':
      return { kind: 'kept', comparison: trained.comparison };
    case 'missing':
      return trained;
  }
}

function logEnding(log: Log, trained: Trained): void {
  switch (trained.kind) {
    case 'learned': {
      const { tickets, precision, coverage } = trained.report;
      return log.info({ tickets, precision, coverage }, 'categories were learned from tickets that people know');
    }
    case 'kept':
      return log.warn(trained.comparison, 'what was learned now is clearly worse than what was before, which stays');
    case 'missing':
      return log.debug({ tickets: trained.missing.tickets }, 'there are too few tickets to learn from');
  }
}
