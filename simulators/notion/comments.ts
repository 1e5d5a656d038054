import { noteComment } from './webhooks/record.ts';
import { touch } from './write.ts';
import type { Author, Comment, Discussion, RichText, World } from './world.ts';

/** Begins a discussion about a page, or about a block of it. */
export function newDiscussion(
  world: World,
  { pageId, blockId }: { pageId: string; blockId: string | null },
): Discussion {
  const discussion: Discussion = { id: world.ids.uuid(), pageId, blockId, isResolved: false, comments: [] };
  world.discussions.set(discussion.id, discussion);
  return discussion;
}

export function addComment(
  world: World,
  author: Author,
  {
    discussion,
    text,
    displayName = null,
  }: { discussion: Discussion; text: readonly RichText[]; displayName?: string | null },
): Comment {
  const now = world.settings.now();
  const comment = { id: world.ids.uuid(), text, createdAt: now, editedAt: now, authorId: author.id, displayName };
  discussion.comments.push(comment);
  touchPage(world, author, discussion);
  noteComment(world, author, { comment, discussion, type: 'comment.created' });
  return comment;
}

export function changeComment(
  world: World,
  author: Author,
  { discussion, comment, text }: { discussion: Discussion; comment: Comment; text: readonly RichText[] },
): void {
  comment.text = text;
  comment.editedAt = world.settings.now();
  touchPage(world, author, discussion);
  noteComment(world, author, { comment, discussion, type: 'comment.updated' });
}

export function removeComment(
  world: World,
  author: Author,
  { discussion, comment }: { discussion: Discussion; comment: Comment },
): void {
  discussion.comments = discussion.comments.filter(({ id }) => id !== comment.id);
  noteComment(world, author, { comment, discussion, type: 'comment.deleted' });
}

/** Whether a comment is an edit of its page nobody knows (section 12): a setting says. */
function touchPage(world: World, author: Author, { pageId }: Discussion): void {
  const page = world.pages.get(pageId);
  if (world.settings.commentsEdit && page !== undefined) touch(world, author, page);
}
