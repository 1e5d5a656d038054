import { type Base } from './base.ts';
import { keyIn, readRow } from './pages.ts';
import type { Schema } from './schema.ts';
import { type Page, User, Written } from './wire.ts';

/** Two pages of one key that were made within so short a time are one write of ours that Notion carried out twice. */
const TWICE_MINUTES = 10;

/**
 * Looks for keys that two pages bear. A page of ours that was made twice, since nobody knew that it had been made,
 * is put into the trash, unless somebody has touched it; what a person copied is for people. Returns the pages
 * that are left, with those that took the place of others.
 */
export async function settleTwins(base: Base, pages: readonly Page[], schema: Schema): Promise<readonly Page[]> {
  const left = new Map(pages.map((page) => [page.id, page]));
  for (const page of pages) {
    const key = keyIn(page, schema);
    if (base.learnt.twins.get(page.id) !== key) base.learnt.twins.delete(page.id);
    const known = key === null ? null : base.recent.bearerOf(key);
    if (key === null || known === null || known.id === page.id) base.recent.note({ id: page.id, key });
    else await settlePair({ base, left, key }, { page, knownId: known.id, isGiven: known.isGiven });
  }
  return [...left.values()];
}

/** Looking for twins in an answer. */
interface Search {
  base: Base;
  /** By their ids. */
  left: Map<string, Page>;
  key: string;
}

async function settlePair(
  { base, left, key }: Search,
  { page, knownId, isGiven }: { page: Page; knownId: string; isGiven: boolean },
): Promise<void> {
  const known = await readRow(base, knownId);
  if (known === null || keyIn(known.page, known.schema) !== key) {
    base.recent.forget(key);
    base.recent.note({ id: page.id, key });
    return;
  }
  // What was given out as the row of the ticket stays it; else the elder does.
  const isKnownKept = isGiven || Temporal.Instant.compare(known.page.createdAt, page.createdAt) <= 0;
  const [kept, other] = isKnownKept ? [known.page, page] : [page, known.page];
  if (!(await isMadeTwice(base, kept, other))) {
    base.learnt.twins.set(page.id, key);
    return;
  }
  await trash(base, other.id);
  left.delete(other.id);
  left.set(kept.id, kept);
  base.recent.forget(key);
  if (isGiven) base.recent.give(key, kept.id);
  else base.recent.note({ id: kept.id, key });
}

async function isMadeTwice(base: Base, kept: Page, other: Page): Promise<boolean> {
  const minutes = Math.abs(kept.createdAt.since(other.createdAt).total('minutes'));
  const isOneHand = kept.createdBy === other.createdBy && other.editedBy === other.createdBy;
  if (!isOneHand || minutes > TWICE_MINUTES) return false;
  const { value: me } = await base.client.ask({ method: 'get', path: 'users/me', shape: User, isRepeatable: true });
  // A personal token writes in the name of a person, whose copies look like ours.
  return me.type === 'bot' && me.id === other.createdBy;
}

async function trash({ client }: Base, id: string): Promise<void> {
  await client.ask({
    method: 'patch',
    path: `pages/${id}`,
    query: { filter_properties: ['title'] },
    body: { in_trash: true },
    shape: Written,
    isRepeatable: true,
  });
}
