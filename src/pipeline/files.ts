import type { Attachment } from '../domain/message.ts';
import type { Desk } from './desk.ts';

/** Where the files of a message belong. */
interface Place {
  files: readonly Attachment[];
  messageId: string;
  ticketKey: string;
  /** The stored request that brought them; null when it came by another way. */
  inboxId: string | null;
}

/**
 * Notes the files of a message, in the transaction that notes the message, for the lane that brings them to
 * the people. What came along is at hand; what is a link is fetched, and soon, as such links die.
 */
export function recordFiles(desk: Desk, { files, messageId, ticketKey, inboxId }: Place): void {
  for (const [position, { name, contentType, size, url, part }] of files.entries()) {
    const cameAlong = inboxId !== null && part !== undefined;
    if (!cameAlong && url === null) continue;
    desk.records.attachments.push({
      id: desk.newId(desk.now),
      ticketKey,
      messageId,
      position,
      name,
      contentType,
      size,
      ...(cameAlong ? { inboxId, part } : { inboxId, url }),
      state: cameAlong ? 'kept' : 'waiting',
      nextAt: desk.now,
      createdAt: desk.now,
    });
  }
}
