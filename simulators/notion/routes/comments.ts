import { z } from 'zod';
import { addComment, changeComment, newDiscussion, removeComment } from '../comments.ts';
import { uuidIn } from '../ids.ts';
import { failed, restricted } from '../refusal.ts';
import { PagingQuery, parsed, queryOf } from '../parsed.ts';
import { partialUser } from '../properties/read.ts';
import { shownTexts, Texts, textsOf } from '../properties/texts.ts';
import type { Comment, Discussion, RichText, World } from '../world.ts';
import { toldTime } from '../world.ts';
import { listBody, pageOfList } from './page-body.ts';
import { blockWith, idAt, missing, pageWith, type Answer, type Route, type Visit } from './route.ts';

const Parent = z.union([
  z.strictObject({ type: z.literal('page_id').optional(), page_id: z.uuid() }),
  z.strictObject({ type: z.literal('block_id').optional(), block_id: z.uuid() }),
]);
const Written = { rich_text: Texts.min(1).optional(), markdown: z.string().min(1).optional() };
const DisplayName = z.union([
  z.strictObject({ type: z.enum(['integration', 'user']) }),
  z.strictObject({ type: z.literal('custom'), custom: z.strictObject({ name: z.string().min(1) }) }),
]);
const NewComment = z.strictObject({
  ...Written,
  parent: Parent.optional(),
  discussion_id: z.uuid().optional(),
  display_name: DisplayName.optional(),
});
const ChangedComment = z.strictObject(Written);
const ListQuery = PagingQuery.extend({ block_id: z.string() });

/** Comments (section 5). Their capabilities are off until somebody ticks them. */
export const COMMENTS: readonly Route[] = [
  { method: 'GET', path: '/comments', kind: 'comments', needs: ['read comments'], answer: list },
  { method: 'POST', path: '/comments', kind: 'comments', needs: ['insert comments'], answer: create },
  { method: 'GET', path: '/comments/:comment', kind: 'comments', needs: ['read comments'], answer: retrieve },
  { method: 'PATCH', path: '/comments/:comment', kind: 'comments', needs: ['insert comments'], answer: update },
  { method: 'DELETE', path: '/comments/:comment', kind: 'comments', needs: ['insert comments'], answer: remove },
];

/** Those that are not resolved, of a page or a block, the oldest first. */
function list(visit: Visit): Answer {
  const { world } = visit;
  const query = parsed(ListQuery, queryOf(visit.call.query), { part: 'query' });
  const id = uuidIn(query.block_id);
  if (id === null) throw failed('query', `query.block_id should be a valid uuid, instead was \`"${query.block_id}"\``);
  const isPage = world.pages.has(id);
  if (isPage) pageWith(visit, id);
  else blockWith(visit, id);
  const open = [...world.discussions.values()].filter(
    ({ isResolved, pageId, blockId }) => !isResolved && (isPage ? pageId === id && blockId === null : blockId === id),
  );
  const all = open.flatMap((discussion) =>
    discussion.comments.map((comment) => ({ id: comment.id, comment, discussion })),
  );
  all.sort((one, other) => one.comment.createdAt - other.comment.createdAt);
  const { items, next } = pageOfList(all, query);
  return {
    body: listBody(
      'comment',
      items.map((item) => commentBody(world, item)),
      next,
    ),
  };
}

/** About a page or a block, or in a discussion that is there. */
function create(visit: Visit): Answer {
  const { world, author } = visit;
  const body = parsed(NewComment, visit.body);
  const text = textOf(world, body);
  const discussion = discussionFor(visit, body);
  const displayName = body.display_name?.type === 'custom' ? body.display_name.custom.name : null;
  const comment = addComment(world, author, { discussion, text, displayName });
  return { body: commentBody(world, { comment, discussion }), committed: { id: comment.id } };
}

function retrieve(visit: Visit): Answer {
  return { body: commentBody(visit.world, commentAt(visit)) };
}

function update(visit: Visit): Answer {
  const { world, author } = visit;
  const at = ownComment(visit);
  changeComment(world, author, { ...at, text: textOf(world, parsed(ChangedComment, visit.body)) });
  return { body: commentBody(world, at) };
}

function remove(visit: Visit): Answer {
  const at = ownComment(visit);
  removeComment(visit.world, visit.author, at);
  return { body: commentBody(visit.world, at) };
}

function discussionFor(visit: Visit, { parent, discussion_id: id }: z.output<typeof NewComment>): Discussion {
  const { world } = visit;
  if ((parent === undefined) === (id === undefined)) {
    throw failed('body', 'body.parent or body.discussion_id should be defined, and not both');
  }
  if (id !== undefined) {
    const discussion = world.discussions.get(id);
    if (discussion === undefined) throw missing(visit, 'comment', id);
    pageWith(visit, discussion.pageId);
    return discussion;
  }
  if (parent !== undefined && 'block_id' in parent) {
    const block = blockWith(visit, parent.block_id);
    return newDiscussion(world, { pageId: block.pageId, blockId: block.id });
  }
  return newDiscussion(world, { pageId: pageWith(visit, parent?.page_id ?? '').id, blockId: null });
}

function textOf(world: World, { rich_text, markdown }: z.output<typeof ChangedComment>): RichText[] {
  if ((rich_text === undefined) === (markdown === undefined)) {
    throw failed('body', 'body.rich_text or body.markdown should be defined, and not both');
  }
  return rich_text === undefined ? textsOf(markdown ?? '') : shownTexts(world, rich_text);
}

interface CommentPlace {
  comment: Comment;
  discussion: Discussion;
}

function commentAt(visit: Visit): CommentPlace {
  const id = idAt(visit, 'comment');
  for (const discussion of visit.world.discussions.values()) {
    const comment = discussion.comments.find((one) => one.id === id);
    if (comment === undefined) continue;
    pageWith(visit, discussion.pageId);
    return { comment, discussion };
  }
  throw missing(visit, 'comment', id);
}

/** One may change and delete only what one wrote [U which answer another's gets]. */
function ownComment(visit: Visit): CommentPlace {
  const at = commentAt(visit);
  if (at.comment.authorId !== visit.author.id) throw restricted();
  return at;
}

function commentBody(world: World, { comment, discussion }: CommentPlace): object {
  const { id, text, authorId, createdAt, editedAt, displayName } = comment;
  const { pageId, blockId } = discussion;
  const author = world.users.get(authorId);
  return {
    object: 'comment',
    id,
    parent: blockId === null ? { type: 'page_id', page_id: pageId } : { type: 'block_id', block_id: blockId },
    discussion_id: discussion.id,
    created_time: toldTime(world, createdAt),
    last_edited_time: toldTime(world, editedAt),
    created_by: partialUser(authorId),
    rich_text: text,
    display_name:
      displayName === null
        ? { type: author?.kind === 'bot' ? 'integration' : 'user', resolved_name: author?.name ?? null }
        : { type: 'custom', resolved_name: displayName },
  };
}
