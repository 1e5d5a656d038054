import { agentNamed, agentsOf } from '../../src/kit/store/base-people.ts';
import type { RawRequest } from '../../src/ports/channel.ts';
import type { StoreComments, StoredComment } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import { isPageId } from './filters.ts';
import type { RequestKind } from './pace.ts';
import { isNotFound, isRestricted } from './problems.ts';
import type { Schema } from './schema.ts';
import { CommentEvent } from './webhooks/wire.ts';
import { type Comment, Comments } from './wire.ts';

/** Comments to an answer, the most that Notion gives. */
const MOST = '100';

/** What of each minute may go for looking at comments unbidden, while there is more than enough. */
const SHARE = 1 / 10;

/**
 * Comments of pages (developers.notion.com/reference/list-comments): a request for each page, and a capability that
 * is off unless a person ticks it. Resolved ones are not told, nor are those on a passage of the page's text.
 */
export function createComments(base: Base): StoreComments {
  return {
    async read(rowId, { isAwaited }) {
      if (!isPageId(rowId)) return [];
      if (!isAwaited && !(await base.pace.hasSpare())) return 'no_room';
      try {
        return await readComments(base, rowId, isAwaited ? 'prompt' : 'bulk');
      } catch (error) {
        if (isNotFound(error)) return [];
        if (isRestricted(error)) return 'not_allowed';
        throw error;
      }
    },
    calledOf,
    looksPerMinute: Math.floor(base.budget.requestsPerMinute * SHARE),
  };
}

/** A deleted comment stays a note, so nobody looks for it. What programs write, ours or others, is no person's. */
function calledOf({ body }: RawRequest): string | null {
  const event = CommentEvent.parse(new TextDecoder().decode(body));
  return event !== null && event.authors.some(({ type }) => type === 'person') ? event.pageId : null;
}

async function readComments(base: Base, pageId: string, kind: RequestKind): Promise<StoredComment[]> {
  const told: Comment[] = [];
  for (let cursor: string | null = null; ;) {
    const { value }: { value: Comments } = await base.client.ask({
      kind,
      method: 'get',
      path: 'comments',
      query: { block_id: pageId, page_size: MOST, ...(cursor !== null && { start_cursor: cursor }) },
      shape: Comments,
      isRepeatable: true,
    });
    told.push(...value.results);
    cursor = value.next_cursor;
    if (cursor === null) break;
  }
  if (told.length === 0) return [];
  const schema = await base.schema.current();
  return told.flatMap((comment) => storedComment(comment, schema, base));
}

function storedComment(comment: Comment, schema: Schema, base: Base): StoredComment[] {
  const { id, createdAt } = comment;
  const author = authorOf(comment, schema, base);
  const text = textOf(comment);
  return author === null || text === '' ? [] : [{ id, text, by: author.name, createdAt }];
}

/**
 * By the name that config has for them. Guests are on no list, and all are hidden from a connection that may not
 * know people; then the comment says whether a person wrote it, and how they are called. Null for a program.
 */
function authorOf({ authorId, shown }: Comment, { people }: Schema, { given }: Base): { name: string | null } | null {
  const member = people?.find(({ id }) => id === authorId);
  if (member === undefined && shown.type !== 'user') return null;
  const person = member ?? { id: authorId, name: shown.name, email: null };
  return { name: agentNamed(given.columns().flatMap(agentsOf), person) ?? person.name ?? person.email };
}

/** Mentions and formulas read as they are shown. Files cannot be fetched later, so only their number is told. */
function textOf({ texts, files }: Comment): string {
  const text = texts.join('').trim();
  if (files === 0) return text;
  return `${text}\n\n[${files === 1 ? 'A file' : `${files} files`} beside the comment in Notion]`.trim();
}
