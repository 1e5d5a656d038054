import type { LiveConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import { beginLearning, endLearning, type LearningMark, readLearning, wantLearning } from '../../db/learning-mark.ts';
import type { Log } from '../../kit/log.ts';
import type { Classifier } from '../../ports/classifier.ts';
import type { Now } from '../../ports/now.ts';
import type { Ending, Learning } from './index.ts';
import { createClassifier } from './learned-classifier.ts';
import type { CategoryNames } from './learned-guess.ts';
import { lessonsIn } from './lessons.ts';
import {
  bytesOf,
  modelInForce,
  modelsToMatch,
  putBack,
  storedModels,
  storeModel,
  subjectsOf,
  versionInForce,
} from './stored-models.ts';
import { openAside, trainAside } from './aside.ts';
import type { Trained } from './train.ts';

/** It takes a processor for a minute where tickets are many, so it is not done more often of its own accord. */
const NOT_WITHIN = { hours: 1 };

/** Another instance's model is taken up within so long. */
const FOLLOW_SECONDS = 10;

export interface LearningParts {
  connection: Connection;
  config: Pick<LiveConfig, 'current'>;
  /** Wakes the lane that learns, and the one in which tickets are judged again. */
  wake(lane: 'learn' | 'advise'): Promise<void>;
  now: Now;
  log: Log;
}

/** Opens what was learned before. What cannot be read is left out, and learned anew. */
export async function openLearning(parts: LearningParts): Promise<Learning> {
  const { connection, config, now } = parts;
  const held = { ...(await openInForce(parts)), lookedAt: now() };
  const ended = new AbortController();
  async function follow(): Promise<void> {
    held.lookedAt = now();
    if ((await versionInForce(connection)) === held.inForce) return;
    Object.assign(held, await openInForce(parts));
    await parts.wake('advise');
  }
  return {
    classifier: () => (config.current().learning.isOn ? held.classifier : null),
    async run() {
      if (!config.current().learning.isOn || !(await isDue(parts, held))) return;
      await learnNow(parts, ended.signal);
      await follow();
    },
    async want() {
      await wantLearning(connection);
      await parts.wake('learn');
    },
    async catchUp() {
      if (held.lookedAt.until(now()).total('seconds') >= FOLLOW_SECONDS) await follow();
    },
    state: () => readState(parts),
    async close() {
      ended.abort(new Error('The service stops.'));
    },
  };
}

function namesIn(config: LearningParts['config']): CategoryNames {
  const { policy, learning } = config.current();
  return { categories: policy.categories, renamed: learning.renamed };
}

/** What is learned depends on these; when they change, it is learned anew. */
function settingsOf({ config }: LearningParts): string {
  const { promise } = config.current().learning;
  return JSON.stringify({ promise, ...namesIn(config) });
}

async function isDue(parts: LearningParts, { inForce, readable }: Held): Promise<boolean> {
  const mark = await readLearning(parts.connection);
  if (mark === null || mark.triedAt === null || mark.isWanted || mark.settings !== settingsOf(parts)) return true;
  const isTooSoon = Temporal.Instant.compare(parts.now(), mark.triedAt.add(NOT_WITHIN)) < 0;
  if (isTooSoon) return false;
  return mark.newsAt !== null || mark.endedAt === null || readable !== inForce;
}

/** One attempt. What broke off, and what failed, has no end: it is tried again when an hour has passed. */
async function learnNow(parts: LearningParts, signal: AbortSignal): Promise<void> {
  const { connection, config, now, log } = parts;
  const { promise } = config.current().learning;
  const triedAt = now();
  await beginLearning(connection, { triedAt, settings: settingsOf(parts) });
  const names = namesIn(config);
  try {
    const older = await modelsToMatch(connection, promise);
    const trained = await trainAside(lessonsIn(connection, names), { promise, names, older }, signal);
    await keep(parts, { trained, promise });
    logEnding(log, trained);
  } catch (error) {
    if (signal.aborted) return;
    const ending: Ending = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    await endLearning(connection.queries, { endedAt: null, ending });
    throw error;
  }
}

/** All at once, so that no instance sees a model without what is said of it. */
async function keep({ connection, now }: LearningParts, { trained, promise }: { trained: Trained; promise: number }) {
  await connection.queries.transaction(async (tx) => {
    if (trained.kind === 'learned') {
      const { bytes, threshold, report } = trained;
      const at = { learnedAt: now(), inForceAt: now() };
      await storeModel(tx, { ...at, tickets: report.tickets, promise, threshold, report, model: bytes });
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

/** What this process holds of what was learned. */
interface Held {
  /** The version in force; null while nothing was learned. */
  inForce: number | null;
  /** The version that is asked: another one where that cannot be read. */
  readable: number | null;
  classifier: Classifier | null;
}

/** The model in force, or where it cannot be read the one before it. */
async function openInForce(parts: LearningParts): Promise<Held> {
  const { connection, config, log } = parts;
  const stored = await storedModels(connection);
  const inForce = stored[0]?.version ?? null;
  for (const { version, learnedAt } of stored) {
    const bytes = await bytesOf(connection, version);
    const model = bytes === null ? null : await openAside(bytes);
    if (model === null) {
      log.warn({ version }, 'a learned model cannot be read; it is left out, and learned anew');
      continue;
    }
    const subjects = await subjectsOf(connection, model.tickets);
    const learnedOn = learnedAt.toZonedDateTimeISO(config.current().policy.desk.timeZone).toPlainDate();
    const classifier = createClassifier({ version, model, learnedOn, subjects }, () => namesIn(config));
    return { inForce, readable: version, classifier };
  }
  return { inForce, readable: null, classifier: null };
}

async function readState({ connection, config }: LearningParts): ReturnType<Learning['state']> {
  const mark: Partial<LearningMark> = (await readLearning(connection)) ?? {};
  const model = await modelInForce(connection);
  const { triedAt = null, endedAt = null, newsAt = null, isWanted = false } = mark;
  const { isOn, promise } = config.current().learning;
  const ending = (mark.ending ?? null) as Ending | null;
  return { isOn, promise, model, triedAt, endedAt, ending, isWanted, hasNews: newsAt !== null };
}
