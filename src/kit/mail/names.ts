import type { HeaderLine } from '../mail-headers.ts';

/** Ids of messages are written between brackets, RFC 5322 section 3.6.4; nobody's is longer. */
const ID = /<[^<>\s]{3,300}>/g;

/** The same of a program that leaves the brackets out. */
const BARE_ID = /^\s*[^<>\s@]{1,200}@[^<>\s@]{1,200}\s*$/;

/** An answer names the mails before it; of a long exchange the latest count. */
const MOST_IDS = 50;

/** The ids in `Message-ID`, `In-Reply-To` or `References`, in their order. */
export function idsIn(header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  const text = header.slice(-20_000);
  const ids = text.match(ID)?.map((id) => id.slice(1, -1));
  return (ids ?? text.match(BARE_ID)?.map((id) => id.trim()) ?? []).slice(-MOST_IDS);
}

/** By what a mail is known to later ones. */
export function mailName(id: string): string {
  return `mail:${id}`;
}

/** The ids of those names that are of mails. */
export function mailIdsOf(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => (name.startsWith('mail:') ? [name.slice('mail:'.length)] : []));
}

/** The mail's own id; null where it has none. */
export function idOf(headers: readonly HeaderLine[]): string | null {
  const [, header] = headers.find(([name]) => name.toLowerCase() === 'message-id') ?? [];
  return idsIn(header)[0] ?? null;
}
