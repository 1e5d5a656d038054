import { asc, isNotNull, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { learnedProposals } from '../../db/schema.ts';
import type { ProposedField } from '../../domain/proposal.ts';
import type { LearningReport, Missing } from '../classifier/index.ts';
import type { TrainedProposal } from './train.ts';

/** What came of learning a field of which a value is proposed. */
export type ProposalOutcome =
  | { kind: 'learned'; threshold: number; report: LearningReport }
  | { kind: 'missing'; missing: Missing };

/** The latest that was learned of such a field. */
export interface StoredProposal {
  field: ProposedField;
  learnedAt: Temporal.Instant;
  promise: number;
  outcome: ProposalOutcome;
}

const DESCRIPTION = {
  field: learnedProposals.field,
  learnedAt: learnedProposals.learnedAt,
  promise: learnedProposals.promise,
  outcome: sql<ProposalOutcome>`${learnedProposals.outcome}`,
};

/** Of all fields of which anything was learned. */
export function storedProposals({ queries }: Pick<Connection, 'queries'>): Promise<readonly StoredProposal[]> {
  return queries.select(DESCRIPTION).from(learnedProposals).orderBy(asc(learnedProposals.field));
}

/** The bytes of those of which there is a model. */
export function packedProposals({ queries }: Pick<Connection, 'queries'>) {
  const { field, learnedAt, model } = learnedProposals;
  return queries.select({ field, learnedAt, bytes: model }).from(learnedProposals).where(isNotNull(model));
}

/** Tells what is stored now from what was stored before; null for nothing. */
export async function proposalsStoredAt({ queries }: Pick<Connection, 'queries'>): Promise<string | null> {
  const [row] = await queries
    .select({ at: sql<string | null>`max(${learnedProposals.learnedAt})::text` })
    .from(learnedProposals);
  return row?.at ?? null;
}

/** Puts it in the place of what was learned of the field before: what is proposed is looked at by people anyhow. */
export async function storeProposal(
  { queries }: Pick<Connection, 'queries'>,
  trained: TrainedProposal,
  about: Pick<StoredProposal, 'field' | 'learnedAt' | 'promise'>,
): Promise<void> {
  const outcome: ProposalOutcome =
    trained.kind === 'missing' ? trained : { kind: 'learned', threshold: trained.threshold, report: trained.report };
  const stored = { ...about, outcome, model: trained.kind === 'missing' ? null : trained.bytes };
  await queries
    .insert(learnedProposals)
    .values(stored)
    .onConflictDoUpdate({ target: learnedProposals.field, set: stored });
}
