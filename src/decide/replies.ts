import type { Policy, ReplyTemplate } from './policy.ts';

/** A name of a reply in one language: `thanks.de`. */
const IN_ONE_LANGUAGE = /^(.+)\.([a-z]{2})$/;

/** The reply of which a file holds a version, and that version's language; null for the one that is for all others. */
export function versionOf(name: string): { reply: string; language: string | null } {
  const [, reply = name, language = null] = IN_ONE_LANGUAGE.exec(name) ?? [];
  return { reply, language };
}

/** A reply in the requester's language, or else the version for all others; null when there is neither. */
export function replyIn(
  replies: Policy['replies'],
  { reply, language }: { reply: string; language: string | null },
): ReplyTemplate | null {
  return (language === null ? undefined : replies[`${reply}.${language}`]) ?? replies[reply] ?? null;
}
