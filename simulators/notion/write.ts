import { noteDataSource, notePage } from './webhooks/record.ts';
import type { Author, Cell, DataSource, Page, PageState, Parent, World } from './world.ts';

/** What is written into properties: null empties. */
export type Writes = ReadonlyMap<string, Cell | null>;

/** Makes a page, and a row where its parent is a data source. */
export function insertPage(
  world: World,
  author: Author,
  { parent, source, writes }: { parent: Parent; source: DataSource | null; writes: Writes },
): Page {
  const now = world.settings.now();
  const cells = merged(new Map(), writes);
  const page: Page = {
    id: world.ids.uuid(),
    parent,
    createdAt: now,
    createdBy: author.id,
    number: source?.nextNumber ?? 0,
    isLocked: false,
    state: { cells, editedAt: now, editedBy: author.id, inTrash: false, isArchived: false },
    past: [],
    blocks: [],
  };
  world.pages.set(page.id, page);
  if (source !== null) {
    source.nextNumber += 1;
    source.pages.set(page.id, page);
  }
  useBlocks(world, 1);
  notePage(world, author, { page, type: 'page.created' });
  return page;
}

/** Writes properties. What is there already is no change [U]. */
export function writeCells(world: World, author: Author, { page, writes }: { page: Page; writes: Writes }): void {
  const { cells } = page.state;
  const changed = [...writes].filter(([id, cell]) => !isSameCell(cells.get(id), cell ?? undefined));
  if (changed.length === 0) return;
  changeState(world, author, { page, to: { cells: merged(cells, new Map(changed)) } });
  notePage(world, author, { page, type: 'page.properties_updated', properties: changed.map(([id]) => id) });
}

/** Puts a page into the trash, or takes it out. */
export function setTrash(world: World, author: Author, { page, inTrash }: { page: Page; inTrash: boolean }): void {
  if (page.state.inTrash === inTrash) return;
  changeState(world, author, { page, to: { inTrash } });
  notePage(world, author, { page, type: inTrash ? 'page.deleted' : 'page.undeleted' });
}

export function setArchived(
  world: World,
  author: Author,
  { page, isArchived }: { page: Page; isArchived: boolean },
): void {
  if (page.state.isArchived !== isArchived) changeState(world, author, { page, to: { isArchived } });
}

/** A page was edited otherwise than in its properties. */
export function touch(world: World, author: Author, page: Page): void {
  changeState(world, author, { page, to: {} });
}

/** The schema was changed: told to webhooks, property by property. */
export function noteSchema(
  world: World,
  author: Author,
  {
    source,
    changes,
  }: {
    source: DataSource;
    changes: readonly { id: string; name: string | null; action: 'created' | 'updated' | 'deleted' }[];
  },
): void {
  source.editedAt = world.settings.now();
  source.editedBy = author.id;
  if (changes.length > 0) noteDataSource(world, author, { source, type: 'data_source.schema_updated', changes });
}

/** Counts blocks that were made: deleting gives none back (section 0). */
export function useBlocks(world: World, count: number): void {
  const { blockLimit, now } = world.settings;
  world.blocksUsed += count;
  if (blockLimit !== null && world.blocksUsed >= blockLimit) world.blocksSpentAt ??= now();
}

/** The page as queries tell it, who are so far behind; null where it was not there yet. */
export function stateBehind({ settings }: World, page: Page, lagMs: number): PageState | null {
  const moment = settings.now() - lagMs;
  if (page.createdAt > moment) return null;
  return page.past.find(({ until }) => until > moment)?.state ?? page.state;
}

function isSameCell(one: Cell | undefined, other: Cell | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function changeState(world: World, author: Author, { page, to }: { page: Page; to: Partial<PageState> }): void {
  const { now, queryLagMs, searchLagMs } = world.settings;
  const at = now();
  const kept = Math.max(queryLagMs, searchLagMs);
  page.past = page.past.filter(({ until }) => until > at - kept);
  if (kept > 0) page.past.push({ until: at, state: page.state });
  page.state = { ...page.state, ...to, editedAt: at, editedBy: author.id };
}

function merged(cells: ReadonlyMap<string, Cell>, writes: Writes): Map<string, Cell> {
  const next = new Map(cells);
  for (const [id, cell] of writes) {
    if (cell === null) next.delete(id);
    else next.set(id, cell);
  }
  return next;
}
