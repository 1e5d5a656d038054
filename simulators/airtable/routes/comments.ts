import { z } from 'zod';
import { badRequest, noAccess, recordGone } from '../refusal.ts';
import type { Comment, Row, World } from '../world.ts';
import { isoOf } from '../world.ts';
import { expectNoQuery, PageSize, parsed } from './parsed.ts';
import { rowAt, tableAt, type Answer, type BaseRoute, type BaseVisit } from './route.ts';

const ListQuery = z.strictObject({ pageSize: PageSize, offset: z.string().optional() });
const NewComment = z.strictObject({ text: z.string().min(1), parentCommentId: z.string().optional() });
const ChangedComment = z.strictObject({ text: z.string().min(1) });

const LIST = '/:base/:table/:record/comments';
const ONE = `${LIST}/:comment`;

/** Comments of a record (section 9). They change nothing that a list or a webhook would tell but `commentCount`. */
export const COMMENTS: readonly BaseRoute[] = [
  { ...comments('read'), method: 'GET', path: LIST, answer: list },
  { ...comments('write'), method: 'POST', path: LIST, answer: create },
  { ...comments('write'), method: 'PATCH', path: ONE, answer: update },
  { ...comments('write'), method: 'DELETE', path: ONE, answer: remove },
];

function comments(right: 'read' | 'write'): Pick<BaseRoute, 'about' | 'kind' | 'scopes' | 'role' | 'isData'> {
  const role = right === 'read' ? 'read' : 'comment';
  return { about: 'base', kind: 'comments', scopes: [`data.recordComments:${right}`], role, isData: true };
}

/** The newest first. */
function list(visit: BaseVisit): Answer {
  const { pageSize, offset } = parsed(ListQuery, visit.call.query);
  const all = rowAt(visit, tableAt(visit)).comments.toReversed();
  const start = offset === undefined ? 0 : all.findIndex(({ id }) => id === offset);
  if (start === -1) throw badRequest();
  const page = all.slice(start, start + pageSize);
  return {
    body: {
      comments: page.map((comment) => commentBody(visit.world, comment)),
      offset: all[start + pageSize]?.id ?? null,
    },
  };
}

function create(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const row = rowAt(visit, tableAt(visit));
  const { text, parentCommentId = null } = parsed(NewComment, visit.body);
  if (parentCommentId !== null && !row.comments.some(({ id }) => id === parentCommentId)) throw badRequest();
  const comment = addComment(visit.world, row, { text, authorId: visit.user.id, parentCommentId });
  return { body: commentBody(visit.world, comment) };
}

export function addComment(
  { ids, settings }: World,
  row: Row,
  given: Pick<Comment, 'text' | 'authorId' | 'parentCommentId'>,
): Comment {
  const comment = { ...given, id: ids.next('com'), createdAt: settings.now(), updatedAt: null };
  row.comments.push(comment);
  return comment;
}

function update(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const { comment } = ownComment(visit);
  comment.text = parsed(ChangedComment, visit.body).text;
  comment.updatedAt = visit.world.settings.now();
  return { body: commentBody(visit.world, comment) };
}

function remove(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const { row, comment } = ownComment(visit);
  row.comments = row.comments.filter(({ id }) => id !== comment.id);
  return { body: { id: comment.id, deleted: true } };
}

/** One may change and delete only what one wrote. */
function ownComment(visit: BaseVisit): { row: Row; comment: Comment } {
  const row = rowAt(visit, tableAt(visit));
  const comment = row.comments.find(({ id }) => id === visit.params['comment']);
  if (comment === undefined) throw recordGone();
  if (comment.authorId !== visit.user.id) throw noAccess();
  return { row, comment };
}

function commentBody({ users }: World, comment: Comment): object {
  const { id, text, authorId, createdAt, updatedAt, parentCommentId } = comment;
  const author = users.get(authorId);
  const mentioned = [...text.matchAll(/@\[(usr[A-Za-z0-9]{14})\]/g)].flatMap(
    (match) => users.get(match[1] ?? '') ?? [],
  );
  return {
    id,
    author: { id: authorId, email: author?.email, name: author?.name },
    text,
    createdTime: isoOf(createdAt),
    lastUpdatedTime: updatedAt === null ? null : isoOf(updatedAt),
    ...(parentCommentId !== null && { parentCommentId }),
    ...(mentioned.length > 0 && {
      mentioned: Object.fromEntries(
        mentioned.map((user) => [user.id, { type: 'user', id: user.id, displayName: user.name, email: user.email }]),
      ),
    }),
  };
}
