import { createHash } from 'node:crypto';

/**
 * The key of a reply that is taken from a row. It follows from the reply before it and from the text, so
 * that taking the same tick again after a crash gives the same key, and the same text sent on purpose a
 * second time gives another.
 */
export function replyKeyOf(before: { ticketKey: string; replyKey: string | null }, text: string): string {
  return `${hash(`${before.replyKey ?? before.ticketKey}\n${text.trim()}`)}.${hash(text.trim())}`;
}

/** Whether the key is of a reply with this text. */
export function wasTaken(text: string, replyKey: string | null): boolean {
  return replyKey?.endsWith(`.${hash(text.trim())}`) ?? false;
}

/** 80 bits: no two replies of one ticket share them by chance. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}
