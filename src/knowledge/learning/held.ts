import type { Classifier } from '../../ports/classifier.ts';
import { openAside } from './aside.ts';
import { type AllOpened, createClassifier, type Opened, type Today } from './learned-classifier.ts';
import { createNewVectors } from './new-vectors.ts';
import type { LearningParts } from './parts.ts';
import { packedOf, storedModels, subjectsOf } from './stored-models.ts';
import { packedProposals, proposalsStoredAt } from './stored-proposals.ts';
import type { PackedPair } from './train.ts';

const UNREADABLE = 'learning.unreadable-model';
const LOST_PROPOSAL =
  'what was learned of a field cannot be read; no value of it is suggested until it is learned anew, which npx tabledesk train does at once';

/** What this process holds of what was learned. */
export interface Held {
  /** The version in force; null while nothing was learned. */
  inForce: number | null;
  /** The version that is asked: another one where that cannot be read. */
  readable: number | null;
  categories: Opened | null;
  vectors: AllOpened['vectors'];
  /** Whether vectors were missing because their endpoint failed. */
  isStopped: boolean;
  /** Tells which proposals are held; null for none. */
  proposedAt: string | null;
  proposals: AllOpened['proposals'];
  /** Whether one of them cannot be read. */
  isProposalLost: boolean;
  /** When it was looked last whether others have learned. */
  lookedAt: Temporal.Instant;
}

type HeldCategories = Pick<Held, 'inForce' | 'readable' | 'categories' | 'vectors' | 'isStopped'>;

export function classifierOf(
  { readable, categories, vectors, proposals }: Held,
  today: () => Today,
): Classifier | null {
  if (readable === null || categories === null) return null;
  return createClassifier({ version: readable, categories, vectors, proposals }, today);
}

/** The model in force, or where it cannot be read the one before it. */
export async function openCategories(parts: LearningParts): Promise<HeldCategories> {
  const { connection, log } = parts;
  const stored = await storedModels(connection);
  const inForce = stored[0]?.version ?? null;
  for (const { version, learnedAt, vectors: about } of stored) {
    const packed = await packedOf(connection, version);
    const categories = packed === null ? null : await opened(parts, packed, learnedAt);
    if (categories !== null) {
      const space = categories.taught.joined?.vectors?.space;
      const vectors = space === undefined ? null : createNewVectors(parts, space);
      return { inForce, readable: version, categories, vectors, isStopped: about?.isStopped ?? false };
    }
    log.warn({ version, code: UNREADABLE }, 'a learned model cannot be read; it is left out, and learned anew');
  }
  return { inForce, readable: null, categories: null, vectors: null, isStopped: false };
}

/** One that cannot be read is done without until it is learned anew. */
export async function openProposals(
  parts: LearningParts,
): Promise<Pick<Held, 'proposedAt' | 'proposals' | 'isProposalLost'>> {
  const proposedAt = await proposalsStoredAt(parts.connection);
  const proposals: AllOpened['proposals'][number][] = [];
  let isProposalLost = false;
  for (const { field, learnedAt, bytes } of await packedProposals(parts.connection)) {
    const found = bytes === null ? null : await opened(parts, { bytes, joined: null }, learnedAt);
    if (found !== null) proposals.push({ field, ...found });
    else {
      isProposalLost = true;
      parts.log.warn({ field, code: UNREADABLE }, LOST_PROPOSAL);
    }
  }
  return { proposedAt, proposals, isProposalLost };
}

async function opened(
  { connection, config }: LearningParts,
  packed: PackedPair,
  learnedAt: Temporal.Instant,
): Promise<Opened | null> {
  const taught = await openAside(packed);
  if (taught === null) return null;
  const subjects = await subjectsOf(connection, taught.words.tickets);
  const learnedOn = learnedAt.toZonedDateTimeISO(config.current().policy.desk.timeZone).toPlainDate();
  return { taught, learnedOn, subjects };
}
