import type { LoadedConfig } from '../config/live.ts';
import { counted } from '../domain/sentences/words.ts';
import { ticketName } from '../domain/ticket.ts';
import type { ErasedPerson } from './erase.ts';

/** More tickets are counted rather than named. */
const MOST_NAMED = 20;

/** Shorter ids stand in files by chance. */
const TELLING = 6;

/** What was erased, or would be, a sentence to a line. */
export function erasureLines(
  { knownAs, erased }: ErasedPerson,
  { config, isDone }: { config: LoadedConfig; isDone: boolean },
): readonly string[] {
  const { tickets, open, messages, requests, letters, files, decisions } = erased;
  const { prefix } = config.policy.desk;
  const names = (numbers: readonly number[]) =>
    numbers.length > MOST_NAMED
      ? counted(numbers.length, 'ticket')
      : numbers.map((number) => ticketName(prefix, number)).join(', ');
  const counts = [
    counted(messages, 'message'),
    `${counted(requests, 'request')} as received`,
    `${counted(letters, 'letter')} and notices`,
    counted(files, 'file'),
    `the words of ${counted(decisions, 'decision')}`,
  ];
  return [
    `Known as ${knownAs.join(', ')}.`,
    tickets.length === 0 ? 'There is no ticket of theirs.' : `${isDone ? 'Erased' : 'To erase'}: ${names(tickets)}.`,
    `With ${tickets.length === 0 ? 'no ticket' : 'them'}: ${counts.join(', ')}.`,
    ...(open.length === 0
      ? []
      : [`Still open: ${names(open)}; nobody can answer ${open.length === 1 ? 'it' : 'them'} after that.`]),
    ...(isDone && tickets.length > 0 ? ['The service writes it to the base within minutes, or when it starts.'] : []),
    ...(tickets.length > 0 && config.store.kind !== 'embedded'
      ? ['What people wrote beside the rows, as comments or in pages, only they can delete there.']
      : []),
    ...named(knownAs, config),
  ];
}

/** The places in the config where they stand still, for whoever keeps the files. */
function named(knownAs: readonly string[], { files }: LoadedConfig): string[] {
  const values = knownAs
    .map((name) => name.replace(/^\w+:/, '').toLowerCase())
    .filter(({ length }) => length >= TELLING);
  const places = Object.entries(files).flatMap(([file, text]) =>
    text
      .toLowerCase()
      .split('\n')
      .flatMap((line, index) => (values.some((value) => line.includes(value)) ? [`${file}:${index + 1}`] : [])),
  );
  return places.length === 0 ? [] : [`The config names them still; take that out by hand: ${places.join(', ')}.`];
}
