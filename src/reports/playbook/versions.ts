import { desc, eq, lt } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { configVersions } from '../../db/schema.ts';
import { diffOfFiles, type FileDiff } from './line-diff.ts';
import type { Files } from './rule-place.ts';

/** A config that was in force. */
export interface Version {
  version: string;
  /** When it came into force for the first time. */
  loadedAt: Temporal.Instant;
  /** Decisions that were made under it, as far as they are counted. */
  decisions: number;
  /** What it changed of the one before. */
  changes: readonly Pick<FileDiff, 'file' | 'kind' | 'added' | 'removed'>[];
}

/** The latest versions, the newest first, each with what it changed. */
export async function readVersions(queries: Queries, most: number): Promise<readonly Version[]> {
  const rows = await queries
    .select()
    .from(configVersions)
    .orderBy(desc(configVersions.loadedAt))
    .limit(most + 1);
  return rows.slice(0, most).map(({ version, loadedAt, decisions, files }, index) => ({
    version,
    loadedAt,
    decisions,
    changes: diffOfFiles(rows[index + 1]?.files ?? {}, files).map(({ file, kind, added, removed }) => {
      return { file, kind, added, removed };
    }),
  }));
}

/** One version with its files, and the name of the one before; null where nobody knows of it. */
export async function readVersion(
  queries: Queries,
  version: string,
): Promise<{
  version: string;
  loadedAt: Temporal.Instant;
  decisions: number;
  files: Files;
  before: string | null;
} | null> {
  const [row] = await queries.select().from(configVersions).where(eq(configVersions.version, version));
  if (row === undefined) return null;
  const [before] = await queries
    .select({ version: configVersions.version })
    .from(configVersions)
    .where(lt(configVersions.loadedAt, row.loadedAt))
    .orderBy(desc(configVersions.loadedAt))
    .limit(1);
  return { ...row, before: before?.version ?? null };
}
