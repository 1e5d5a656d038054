import type { LiveConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import { beginLearning, endLearning, type LearningMark, readLearning, wantLearning } from '../../db/learning-mark.ts';
import { proposable } from '../../decide/opinions/proposals.ts';
import type { Log } from '../../kit/log.ts';
import type { Classifier } from '../../ports/classifier.ts';
import type { Now } from '../../ports/now.ts';
import type { Ending, Learning } from './index.ts';
import { type AllOpened, createClassifier, type Opened, type Today } from './learned-classifier.ts';
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
import { packedProposals, proposalsStoredAt, storedProposals, storeProposal } from './stored-proposals.ts';
import { type Learned, openAside, trainAside } from './aside.ts';
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

function todayIn(config: LearningParts['config']): Today {
  const { policy, learning } = config.current();
  return {
    names: { categories: policy.categories, renamed: learning.renamed },
    proposable: Object.fromEntries(policy.triage.proposes.map((field) => [field, proposable(field, policy)])),
  };
}

/** What is learned depends on these; when they change, it is learned anew. */
function settingsOf({ config }: LearningParts): string {
  const { promise } = config.current().learning;
  const today = todayIn(config);
  return JSON.stringify({ promise, ...today.names, proposable: today.proposable });
}

async function isDue(parts: LearningParts, { inForce, readable }: Held): Promise<boolean> {
  const mark = await readLearning(parts.connection);
  if (mark === null || mark.triedAt === null || mark.isWanted || mark.settings !== settingsOf(parts)) return true;
  const isTooSoon = Temporal.Instant.compare(parts.now(), mark.triedAt.add(NOT_WITHIN)) < 0;
  if (isTooSoon) return false;
  return mark.newsAt !== null || mark.endedAt === null || readable !== inForce;
}

/**
 * One attempt; the categories are taken up before anything else is learned. What broke off, and what failed, has no end:
 * it is tried again when an hour has passed.
 */
async function learnNow(
  parts: LearningParts,
  { signal, takeUp }: { signal: AbortSignal; takeUp: () => Promise<void> },
): Promise<void> {
  const { connection, config, now } = parts;
  const { promise } = config.current().learning;
  const { proposes } = config.current().policy.triage;
  await beginLearning(connection, { triedAt: now(), settings: settingsOf(parts) });
  const today = todayIn(config);
  try {
    const older = await modelsToMatch(connection, promise);
    const curriculum = { promise, names: today.names, proposes, older };
    for await (const learned of trainAside(lessonsIn(connection, today), curriculum, signal)) {
      await keep(parts, learned, promise);
      if (learned.kind === 'trained') await takeUp();
    }
  } catch (error) {
    if (signal.aborted) return;
    const ending: Ending = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    await endLearning(connection.queries, { endedAt: null, ending });
    throw error;
  }
}

async function keep(parts: LearningParts, learned: Learned, promise: number): Promise<void> {
  const { connection, now, log } = parts;
  if (learned.kind === 'trained') {
    await keepCategories(parts, { trained: learned.trained, promise });
    return logEnding(log, learned.trained);
  }
  const { field, trained } = learned;
  await storeProposal(connection, trained, { field, learnedAt: now(), promise });
}

/** All at once, so that no instance sees a model without what is said of it. */
async function keepCategories(
  { connection, now }: LearningParts,
  { trained, promise }: { trained: Trained; promise: number },
) {
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
  categories: Opened | null;
  /** Tells which proposals are held; null for none. */
  proposedAt: string | null;
  proposals: AllOpened['proposals'];
  /** When it was looked last whether others have learned. */
  lookedAt: Temporal.Instant;
}

function classifierOf({ readable, categories, proposals }: Held, today: () => Today): Classifier | null {
  if (readable === null || categories === null) return null;
  return createClassifier({ version: readable, categories, proposals }, today);
}

/** The model in force, or where it cannot be read the one before it. */
async function openCategories(parts: LearningParts): Promise<Pick<Held, 'inForce' | 'readable' | 'categories'>> {
  const { connection, log } = parts;
  const stored = await storedModels(connection);
  const inForce = stored[0]?.version ?? null;
  for (const { version, learnedAt } of stored) {
    const bytes = await bytesOf(connection, version);
    const categories = bytes === null ? null : await opened(parts, { bytes, learnedAt });
    if (categories !== null) return { inForce, readable: version, categories };
    log.warn({ version }, 'a learned model cannot be read; it is left out, and learned anew');
  }
  return { inForce, readable: null, categories: null };
}

/** One that cannot be read is done without until something is learned anew. */
async function openProposals(parts: LearningParts): Promise<Pick<Held, 'proposedAt' | 'proposals'>> {
  const proposedAt = await proposalsStoredAt(parts.connection);
  const proposals: AllOpened['proposals'][number][] = [];
  for (const { field, learnedAt, bytes } of await packedProposals(parts.connection)) {
    const found = bytes === null ? null : await opened(parts, { bytes, learnedAt });
    if (found !== null) proposals.push({ field, ...found });
  }
  return { proposedAt, proposals };
}

async function opened(
  { connection, config }: LearningParts,
  { bytes, learnedAt }: { bytes: Uint8Array; learnedAt: Temporal.Instant },
): Promise<Opened | null> {
  const model = await openAside(bytes);
  if (model === null) return null;
  const subjects = await subjectsOf(connection, model.tickets);
  const learnedOn = learnedAt.toZonedDateTimeISO(config.current().policy.desk.timeZone).toPlainDate();
  return { model, learnedOn, subjects };
}

async function readState({ connection, config }: LearningParts): ReturnType<Learning['state']> {
  const mark: Partial<LearningMark> = (await readLearning(connection)) ?? {};
  const model = await modelInForce(connection);
  const { proposes } = config.current().policy.triage;
  const proposals = (await storedProposals(connection)).filter(({ field }) => proposes.includes(field));
  const { triedAt = null, endedAt = null, newsAt = null, isWanted = false } = mark;
  const { isOn, promise } = config.current().learning;
  const ending = (mark.ending ?? null) as Ending | null;
  return { isOn, promise, model, proposals, triedAt, endedAt, ending, isWanted, hasNews: newsAt !== null };
}
