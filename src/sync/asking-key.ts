import { createHash } from 'node:crypto';

/**
 * The key of what a person asks for in a row: to send a reply, to hand the ticket off. It follows from the key
 * of the asking before, or the ticket's own, and from what is asked, so that hearing the same asking again
 * after a crash gives the same key, and asking for the same on purpose a second time gives another.
 */
export function askingKeyOf(before: string, { to = '', text }: { to?: string; text: string }): string {
  return `${hash(`${before}\n${to}\n${text.trim()}`)}.${hash(text.trim())}`;
}

/** Whether the key is of an asking with this text. */
export function wasTaken(text: string, key: string | null): boolean {
  return key?.endsWith(`.${hash(text.trim())}`) ?? false;
}

/** 80 bits: no two askings of one ticket share them by chance. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}
