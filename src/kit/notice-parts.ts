import type { Addressee, NoticeItem, OutgoingMessage } from '../ports/notifier.ts';

/** Letters of one notice; the page of the ticket has the rest. */
const LONGEST_TEXT = 2500;

/** A notice in the order in which chats show it. */
export interface NoticeParts {
  people: readonly Addressee[];
  /** Above several; null above one, which has a title of its own. */
  heading: string | null;
  items: readonly NoticeItem[];
}

/** Takes a notice apart. What is no notice is one item without a link. */
export function noticeParts({ subject, text, notice }: OutgoingMessage): NoticeParts {
  const { people = [], items = [{ title: subject, text, link: null }] } = notice ?? {};
  const cut = items.map((item) => ({ ...item, text: clipped(item.text) }));
  return { people, heading: items.length > 1 ? subject : null, items: cut };
}

function clipped(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1).toWellFormed()}…`;
}
