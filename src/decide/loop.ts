import type { Evidence } from '../domain/decision.ts';
import type { Occasion } from '../domain/occasion.ts';
import { type Ticket, TYPED_CHANNELS } from '../domain/ticket.ts';
import { withoutQuotes } from './conditions/quoted.ts';
import { fold } from './conditions/words.ts';
import type { Spoken } from './facts.ts';

/** People read a letter before they answer; a machine that answers two in a row within so many minutes did not. */
const AT_ONCE_MINUTES = 2;

/** Words that a machine counts up: dates, times, numbers of its own tickets. */
const COUNTED = /\S*\d\S*/g;

/** Evidence longer than this helps nobody. */
const LONGEST_QUOTE = 100;

const BY_HAND: ReadonlySet<string> = new Set(TYPED_CHANNELS);

/** By what a loop is known: the sender says the same again, or answers each of our letters at once. */
export interface LoopSign {
  sign: 'the_same' | 'at_once';
  evidence: readonly Evidence[];
}

/**
 * Whether the message at hand is likely a machine's that answers our letters and hides that it is one: what goes
 * back would be answered too, and so on. People who write two requests within a minute are no machine.
 */
export function loopBehind(
  exchange: readonly Spoken[],
  { occasion, ticket }: { occasion: Occasion; ticket: Pick<Ticket, 'channel' | 'conversation'> },
): LoopSign | null {
  const isMessage = occasion.kind === 'received' || (occasion.kind === 'replied' && occasion.by === 'customer');
  // Chats name their machines.
  if (!isMessage || BY_HAND.has(ticket.channel) || ticket.conversation !== null) return null;
  const at = exchange.findLastIndex(({ by }) => by === 'them');
  const message = exchange[at];
  const earlier = exchange.slice(0, Math.max(at, 0));
  const letters = earlier.filter(({ by }) => by === 'us');
  if (message === undefined || letters.length === 0) return null;
  if (saysTheSame(message, { earlier, letters })) return { sign: 'the_same', evidence: quoteOf(message) };
  return answersAtOnce(message, { earlier, letters }) ? { sign: 'at_once', evidence: [] } : null;
}

interface Before {
  earlier: readonly Spoken[];
  letters: readonly Spoken[];
}

/** Whether it says what another message of the sender said on a ticket to which we wrote. */
function saysTheSame(message: Spoken, { earlier, letters }: Before): boolean {
  if (message.text.trim() === '') return false;
  const ours = new Set(letters.flatMap(({ text }) => linesOf(text)));
  const answered = new Set(letters.map(({ ticketKey }) => ticketKey));
  const said = ownWords(message, ours);
  return earlier.some(
    (other) =>
      other.by === 'them' &&
      answered.has(other.ticketKey) &&
      other.text.trim() !== '' &&
      isSameForm(message, other) &&
      ownWords(other, ours) === said,
  );
}

/** What it says besides quotes and lines of our letters, which some machines give back unmarked. */
function ownWords({ text }: Spoken, ours: ReadonlySet<string>): string {
  return linesOf(withoutQuotes(text))
    .filter((line) => !ours.has(line))
    .join(' ');
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => fold(line).replaceAll(COUNTED, '#').replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

/** A form that is filled in differently is another request, whatever its message says. */
function isSameForm(message: Spoken, other: Spoken): boolean {
  return Object.entries(message.fields).every(([name, value]) => other.fields[name] === value);
}

/** Whether our two latest letters were both answered at once, the later one by this message. */
function answersAtOnce(message: Spoken, { earlier, letters }: Before): boolean {
  const last = letters.at(-1);
  if (last === undefined || !isAnswerAtOnce(message, last)) return false;
  const before = letters.findLast(({ at }) => isBefore(at, last.at));
  if (before === undefined) return false;
  return earlier.some((other) => other.by === 'them' && isAnswerAtOnce(other, before) && !isBefore(last.at, other.at));
}

/** Who wrote before the letter did not answer it. It may have left later than it was written. */
function isAnswerAtOnce({ at }: Spoken, letter: Spoken): boolean {
  const leftAt = letter.leftAt ?? letter.at;
  return isBefore(letter.at, at) && !isBefore(leftAt.add({ minutes: AT_ONCE_MINUTES }), at);
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

function quoteOf({ text }: Spoken): readonly Evidence[] {
  return [{ kind: 'text', quote: withoutQuotes(text).trim().slice(0, LONGEST_QUOTE) }];
}
