import { createHash } from 'node:crypto';
import type { Ticket } from '../domain/ticket.ts';
import type { Addressee, Notice, OutgoingMessage } from '../ports/notifier.ts';
import type { OutboxRow } from './outcomes.ts';

/** More lines are read by nobody, and chats break long messages into pieces. */
const MOST_LINES = 30;

/** Letters of a line; the page of the ticket has the rest. */
const LONGEST_LINE = 150;

/** What the notices of one message are told with. */
export interface TellingParts {
  tickets: ReadonlyMap<string, Ticket>;
  /** Whom they are for, where they go to a room. */
  people: readonly Addressee[];
  publicAddress: string | null;
  /** As the system of the way calls whoever or wherever it is for. */
  to: string;
}

/** One notice as it was written, or several together, a line each. */
export function messageOfNotices(rows: readonly OutboxRow[], parts: TellingParts): OutgoingMessage {
  const { people, to } = parts;
  const items = itemsOf(rows, parts);
  const [only] = rows.length === 1 ? rows : [];
  return {
    key: only?.key ?? keyOf(rows),
    to,
    thread: null,
    subject: only?.subject ?? headline(rows, people),
    text: only === undefined ? items.map(lineOf).join('\n\n') : withLink(only.text, items[0]?.link ?? null),
    ...((only?.html ?? null) !== null && { html: only?.html ?? '' }),
    voice: 'notice',
    notice: { people, items },
  };
}

function itemsOf(rows: readonly OutboxRow[], { tickets, people, publicAddress }: TellingParts): Notice['items'] {
  const linkTo = (key: string) => {
    const number = tickets.get(key)?.number;
    return publicAddress === null || number === undefined ? null : `${publicAddress}/tickets/${number}`;
  };
  const isOne = rows.length === 1;
  const items = rows.slice(0, MOST_LINES).map((row) => {
    const { subject, text, ticketKey, link, template: kind } = row;
    // In a room each line says whose it is.
    const line = people.length === 0 ? clipped(subject) : `${clipped(subject)} (for ${(row.told ?? []).join(', ')})`;
    return { kind, title: isOne ? subject : line, text: isOne ? text : '', link: link ?? linkTo(ticketKey) };
  });
  const left = rows.length - items.length;
  return left === 0 ? items : [...items, { title: `and ${left} more`, text: '', link: publicAddress }];
}

/** The same for the same notices, so that a retry is known; another when one more goes with them, lest it be lost. */
function keyOf(rows: readonly OutboxRow[]): string {
  const keys = rows.map(({ key }) => key);
  return `digest:${createHash('sha256').update(JSON.stringify(keys)).digest('hex').slice(0, 32)}`;
}

function headline(rows: readonly OutboxRow[], people: readonly Addressee[]): string {
  const tickets = new Set(rows.map(({ ticketKey }) => ticketKey)).size;
  const isOfOwn = people.length === 0 && rows.every(({ template }) => template === 'assigned');
  if (isOfOwn) return `${tickets} tickets for you`;
  return `${rows.length} notices about ${tickets === 1 ? 'a ticket' : `${tickets} tickets`}`;
}

function lineOf({ title, link }: Notice['items'][number]): string {
  return link === null ? `- ${title}` : `- ${title}\n  ${link}`;
}

function withLink(text: string, link: string | null): string {
  return link === null ? text : `${text}\n\n${link}`;
}

function clipped(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1).toWellFormed()}…`;
}
