import { counted } from '../../domain/sentences/words.ts';
import { ticketName } from '../../domain/ticket.ts';
import type { Figure } from '../figures/figure.ts';
import { changeWords, figureWords, isGoodNews, lengthWords } from '../words.ts';
import type { Compared } from '../figures/compare.ts';
import type { OverdueTicket } from './overdue.ts';
import { categoryWords, pointWords } from './points.ts';
import type { WeeklyReview } from './review.ts';
import { dayWords, weekWords } from './week.ts';

/** A piece of text, and where it leads. */
export interface Cell {
  text: string;
  link?: string | null;
  /** Good or bad news, which the text says as well. */
  tone?: 'good' | 'bad' | null;
  /** A bar beside it: its share of the longest, 0 to 1. */
  bar?: number;
}

export type Block =
  | { kind: 'words'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'table'; columns: readonly string[]; rows: readonly (readonly Cell[])[] };

/** A review as it is read, whatever it is written in: Markdown, a letter, or plain text. */
export interface ReviewDocument {
  title: string;
  /** What it is about: the week, and when it was asked for. */
  about: string;
  /** The figure that leads: in large letters, with how it changed. */
  leading: { title: string; value: Cell; change: Cell | null };
  sections: readonly { title: string; blocks: readonly Block[] }[];
  /** Its page; null where nobody knows our own address. */
  link: string | null;
}

export interface DocumentGiven {
  desk: { name: string; prefix: string };
  /** Where people reach the console, without a slash at its end; null where nobody said. */
  publicAddress: string | null;
}

/** Puts a review into words. */
export function documentOf(review: WeeklyReview, given: DocumentGiven): ReviewDocument {
  const { week, at, primary, points } = review;
  const link = given.publicAddress === null ? null : `${given.publicAddress}/reports/weekly?week=${week.name}`;
  const items = points.map((point) => pointWords(point, { prefix: given.desk.prefix, at }));
  const look: Block =
    items.length === 0 ? { kind: 'words', text: 'Nothing became worse, and nothing waits.' } : { kind: 'list', items };
  const value = { text: figureWords(primary.figure, primary.now.value), link: behind(primary.figure, review, given) };
  return {
    title: `${given.desk.name}: weekly review`,
    about: weekWords(week),
    leading: { title: primary.figure.title, value, change: changeOf(primary) },
    sections: [
      { title: 'What to look at', blocks: [look] },
      { title: 'Key figures', blocks: [figuresBlock(review, given)] },
      { title: overdueTitle(review), blocks: overdueBlocks(review, given) },
      { title: 'By day', blocks: [daysBlock(review)] },
      { title: 'Top categories', blocks: [categoriesBlock(review)] },
    ],
    link,
  };
}

function figuresBlock(review: WeeklyReview, given: DocumentGiven): Block {
  return {
    kind: 'table',
    columns: ['Figure', 'This week', 'Change'],
    rows: review.figures.map((compared) => [
      { text: compared.figure.title },
      { text: figureWords(compared.figure, compared.now.value), link: behind(compared.figure, review, given) },
      changeOf(compared) ?? { text: compared.before === null ? 'now' : '–' },
    ]),
  };
}

/** How a figure changed against the week before, and whether that is good, in words too. */
function changeOf({ figure, now, before }: Compared): Cell | null {
  const words = before === null ? null : changeWords(figure, now.value, before.value);
  if (words === null) return null;
  const isGood = isGoodNews(figure, now.value, before?.value ?? null);
  if (isGood === null) return { text: words };
  return { text: `${words} (${isGood ? 'better' : 'worse'})`, tone: isGood ? 'good' : 'bad' };
}

function overdueTitle({ overdueCount }: WeeklyReview): string {
  return overdueCount === 0 ? 'Open over 24 hours' : `Open over 24 hours: ${counted(overdueCount, 'ticket')}`;
}

function overdueBlocks({ overdue, overdueCount, at }: WeeklyReview, given: DocumentGiven): readonly Block[] {
  if (overdueCount === 0) return [{ kind: 'words', text: 'None.' }];
  const left = overdueCount - overdue.length;
  const rest = `${counted(left, 'more ticket')}, all of them younger, on the page of the review.`;
  return [
    {
      kind: 'table',
      columns: ['Ticket', 'Subject', 'Owner', 'Open for', 'Why'],
      rows: overdue.map((ticket) => overdueRow(ticket, at, given)),
    },
    ...(left > 0 ? [{ kind: 'words', text: rest } as const] : []),
  ];
}

function overdueRow(ticket: OverdueTicket, at: Temporal.Instant, { desk, publicAddress }: DocumentGiven) {
  const link = publicAddress === null ? null : `${publicAddress}/tickets/${ticket.number}`;
  return [
    { text: ticketName(desk.prefix, ticket.number), link },
    { text: ticket.subject },
    { text: ticket.owner },
    { text: lengthWords(ticket.openedAt.until(at).total('minutes')) },
    { text: ticket.why },
  ];
}

function daysBlock({ days }: WeeklyReview): Block {
  const most = Math.max(1, ...days.map(({ opened }) => opened));
  return {
    kind: 'table',
    columns: ['Day', 'New', 'Resolved'],
    rows: days.map(({ day, opened, resolved }) => [
      { text: dayWords(day) },
      { text: String(opened), bar: opened / most },
      { text: String(resolved) },
    ]),
  };
}

function categoriesBlock({ categories }: WeeklyReview): Block {
  if (categories.length === 0) return { kind: 'words', text: 'No new tickets.' };
  const most = Math.max(1, ...categories.map(({ opened }) => opened));
  return {
    kind: 'table',
    columns: ['Category', 'New', 'The week before'],
    rows: categories.map(({ category, opened, before }) => [
      { text: categoryWords(category) },
      { text: String(opened), bar: opened / most },
      { text: String(before) },
    ]),
  };
}

/** The list of the tickets behind a figure; null where nobody knows our own address. */
export function behind(
  { id }: Figure,
  { week: { span } }: WeeklyReview,
  { publicAddress }: DocumentGiven,
): string | null {
  if (publicAddress === null) return null;
  const dates = { from: span.from.toString(), to: span.until.subtract({ days: 1 }).toString() };
  return `${publicAddress}/reports/figures/${id}?${new URLSearchParams(dates).toString()}`;
}
