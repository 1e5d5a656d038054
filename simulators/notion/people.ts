import { addComment, changeComment, newDiscussion, removeComment } from './comments.ts';
import { blocksOf, keepBlocks } from './blocks.ts';
import { personCalled, plainValue, typed, type PlainValues } from './properties/plain.ts';
import { plainOf, textsOf } from './properties/texts.ts';
import { keepFile } from './routes/file-uploads.ts';
import { notePage } from './webhooks/record.ts';
import { insertPage, setArchived, setTrash, touch, writeCells } from './write.ts';
import type { Author, Comment, Database, DataSource, Discussion, Page, World } from './world.ts';
import { propertyOf, sourceOf } from './world.ts';

/**
 * What people do in a database. Databases go by title or id, properties by name or id, and values are what people
 * see: text, numbers, true, the names of options and persons, lists of them, dates as text, and null to empty.
 */
export interface People {
  /** The same, done by somebody else: by id, name or mail address. */
  as(name: string): People;
  /** Types a new row: an empty one first, then what is in it. Returns its id. */
  type(database: string, values: PlainValues): string;
  /** Sends a form: the row comes filled. Returns its id. */
  submit(database: string, values: PlainValues): string;
  /** Pastes a row: it comes filled. Returns its id. */
  paste(database: string, values: PlainValues): string;
  edit(database: string, pageId: string, values: PlainValues): void;
  /** Puts a row into the trash. */
  delete(database: string, pageId: string): void;
  restore(database: string, pageId: string): void;
  archive(database: string, pageId: string, isArchived: boolean): void;
  /** Moves a row out of its database: under another page, where it keeps its title alone. */
  moveOut(database: string, pageId: string, toPageId: string): void;
  /** Returns the id of the discussion that it begins. */
  comment(database: string, pageId: string, text: string): string;
  reply(discussionId: string, text: string): void;
  /** Corrects the last comment of a discussion. */
  correct(discussionId: string, text: string): void;
  /** Deletes it. */
  withdraw(discussionId: string): void;
  /** From now on nobody is told of it (section 5). */
  resolve(discussionId: string): void;
  /** Writes below the properties, a paragraph a line. */
  write(database: string, pageId: string, text: string): void;
  /** Drops a file into a property. */
  attach(database: string, pageId: string, file: DroppedFile): void;
  /** A row as one sees it, by the names of its properties; null where there is none. */
  row(database: string, pageId: string): Record<string, unknown> | null;
  /** All that are not in the trash. */
  rows(database: string): { id: string; fields: Record<string, unknown> }[];
  comments(database: string, pageId: string): { by: string; text: string }[];
  /** What stands below the properties. */
  body(database: string, pageId: string): string[];
}

export interface DroppedFile {
  property: string;
  filename: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export function createPeople(world: World, who?: string): People {
  return {
    as: (name) => createPeople(world, name),
    ...createTypists(world, () => personNamed(world, who)),
    ...createTalkers(world, () => personNamed(world, who)),
    ...createOnlookers(world),
  };
}

type Who = () => Author;

/** Those who change rows. */
function createTypists(
  world: World,
  who: Who,
): Pick<People, 'type' | 'submit' | 'paste' | 'edit' | 'delete' | 'restore' | 'archive' | 'moveOut' | 'attach'> {
  function paste(database: string, values: PlainValues): string {
    const source = sourceNamed(world, database);
    return made(world, who(), { source, values }).id;
  }
  return {
    type(database, values) {
      const source = sourceNamed(world, database);
      const page = made(world, who(), { source, values: {} });
      writeCells(world, who(), { page, writes: typed(world, source, values) });
      return page.id;
    },
    submit: paste,
    paste,
    edit(database, pageId, values) {
      const { source, page } = rowNamed(world, database, pageId);
      writeCells(world, who(), { page, writes: typed(world, source, values) });
    },
    delete: (database, id) => setTrash(world, who(), { page: rowNamed(world, database, id).page, inTrash: true }),
    restore: (database, id) => setTrash(world, who(), { page: rowNamed(world, database, id).page, inTrash: false }),
    archive: (database, id, isArchived) =>
      setArchived(world, who(), { page: rowNamed(world, database, id).page, isArchived }),
    moveOut(database, pageId, toPageId) {
      const { source, page } = rowNamed(world, database, pageId);
      const title = page.state.cells.get('title');
      source.pages.delete(page.id);
      page.parent = { type: 'page', id: toPageId };
      page.state = { ...page.state, cells: new Map(title === undefined ? [] : [['title', title]]) };
      touch(world, who(), page);
      notePage(world, who(), { page, type: 'page.moved' });
    },
    attach(database, pageId, { property: name, ...file }) {
      const { source, page } = rowNamed(world, database, pageId);
      const property = propertyOf(source, name);
      if (property?.type !== 'files') throw new Error(`There is no property ${name} for files in ${database}.`);
      const there = page.state.cells.get(property.id);
      const added = { name: file.filename, url: null, uploadId: keepFile(world, file).id };
      const files = [...(there?.is === 'files' ? there.files : []), added];
      writeCells(world, who(), { page, writes: new Map([[property.id, { is: 'files', files }]]) });
    },
  };
}

/** Those who write about rows, and below them. */
function createTalkers(
  world: World,
  who: Who,
): Pick<People, 'comment' | 'reply' | 'correct' | 'withdraw' | 'resolve' | 'write'> {
  return {
    comment(database, pageId, text) {
      const { page } = rowNamed(world, database, pageId);
      const discussion = newDiscussion(world, { pageId: page.id, blockId: null });
      addComment(world, who(), { discussion, text: textsOf(text) });
      return discussion.id;
    },
    reply: (id, text) => void addComment(world, who(), { discussion: discussionNamed(world, id), text: textsOf(text) }),
    correct: (id, text) => changeComment(world, who(), { ...lastIn(world, id), text: textsOf(text) }),
    withdraw: (id) => removeComment(world, who(), lastIn(world, id)),
    resolve: (id) => void (discussionNamed(world, id).isResolved = true),
    write(database, pageId, text) {
      const { page } = rowNamed(world, database, pageId);
      const blocks = blocksOf({ world, author: who() }, text);
      page.blocks.push(...blocks);
      keepBlocks(world, { blocks, pageId: page.id, parentId: null });
      touch(world, who(), page);
      notePage(world, who(), { page, type: 'page.content_updated', blockIds: blocks.map(({ id }) => id) });
    },
  };
}

/** Those who only look. */
function createOnlookers(world: World): Pick<People, 'row' | 'rows' | 'comments' | 'body'> {
  return {
    row(database, pageId) {
      const source = sourceNamed(world, database);
      const page = source.pages.get(pageId);
      return page === undefined || page.state.inTrash ? null : shown(world, source, page);
    },
    rows(database) {
      const source = sourceNamed(world, database);
      const there = [...source.pages.values()].filter(({ state }) => !state.inTrash);
      return there.map((page) => ({ id: page.id, fields: shown(world, source, page) }));
    },
    comments(database, pageId) {
      const { page } = rowNamed(world, database, pageId);
      const open = [...world.discussions.values()].filter((one) => one.pageId === page.id && !one.isResolved);
      return open.flatMap(({ comments }) =>
        comments.map(({ authorId, text }) => ({ by: world.users.get(authorId)?.name ?? '', text: plainOf(text) })),
      );
    },
    body(database, pageId) {
      const there = rowNamed(world, database, pageId).page.blocks.filter(({ inTrash }) => !inTrash);
      return there.map(({ content }) => (Array.isArray(content['rich_text']) ? plainOf(content['rich_text']) : ''));
    },
  };
}

/** A database by title or id, that of its data source too. */
export function databaseNamed({ databases }: World, name: string): Database {
  const found = [...databases.values()].find(
    ({ id, title, dataSources }) => id === name || title === name || dataSources.some((source) => source.id === name),
  );
  if (found === undefined) throw new Error(`There is no database ${name}.`);
  return found;
}

/** The data source of a database that has one, or the one that is meant. */
export function sourceNamed(world: World, name: string): DataSource {
  const { dataSources } = databaseNamed(world, name);
  const found = dataSources.find(({ id }) => id === name) ?? dataSources[0];
  if (found === undefined) throw new Error(`There is nothing in the database ${name}.`);
  return found;
}

/** The first member where nobody is named. */
export function personNamed(world: World, called: string | undefined): Author {
  const first = [...world.users.values()].find(({ kind }) => kind === 'member')?.id;
  const id = called === undefined ? first : personCalled(world, called);
  if (id === undefined) throw new Error('There is nobody in the workspace.');
  return { id, type: 'person' };
}

function made(world: World, author: Author, { source, values }: { source: DataSource; values: PlainValues }): Page {
  const writes = typed(world, source, values);
  return insertPage(world, author, { parent: { type: 'data_source', id: source.id }, source, writes });
}

function rowNamed(world: World, database: string, pageId: string): { source: DataSource; page: Page } {
  const page = world.pages.get(pageId);
  const source = page === undefined ? undefined : sourceOf(world, page);
  if (page === undefined || source === undefined || source.databaseId !== databaseNamed(world, database).id) {
    throw new Error(`There is no row ${pageId} in ${database}.`);
  }
  return { source, page };
}

function discussionNamed({ discussions }: World, id: string): Discussion {
  const found = discussions.get(id);
  if (found === undefined) throw new Error(`There is no discussion ${id}.`);
  return found;
}

function lastIn(world: World, id: string): { discussion: Discussion; comment: Comment } {
  const discussion = discussionNamed(world, id);
  const comment = discussion.comments.at(-1);
  if (comment === undefined) throw new Error(`Nobody has written in the discussion ${id}.`);
  return { discussion, comment };
}

function shown(world: World, source: DataSource, page: Page): Record<string, unknown> {
  const seen = { page, state: page.state };
  const fields = source.properties.map((property) => [property.name, plainValue(world, seen, property)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
