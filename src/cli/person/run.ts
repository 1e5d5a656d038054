import { writeFile } from 'node:fs/promises';
import type { LoadedConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import { openDatabase } from '../../db/open.ts';
import { Problem } from '../../domain/problem.ts';
import { counted } from '../../domain/sentences/words.ts';
import { ticketName } from '../../domain/ticket.ts';
import { realTime } from '../../main.ts';
import { type ErasedPerson, erasePerson, type ErasingParts, wouldErase as tryErasing } from '../../privacy/erase.ts';
import { showPerson } from '../../privacy/show.ts';
import { noteCommand } from '../note-command.ts';
import { readDesk } from '../report/report-reader.ts';
import { askService } from '../running-service.ts';
import type { Terminal } from '../terminal.ts';

type Given = Pick<Terminal, 'env'>;

/** More tickets are counted rather than named. */
const MOST_NAMED = 20;

/** Everything that is held, as JSON; where it goes to a file, how much of it. */
export async function show(who: string, { env, file }: Given & { file?: string }): Promise<string> {
  const { answer } = await atDatabase(who, env, {
    here: ({ connection }) => showPerson(connection.queries, who),
    there: { method: 'GET' },
  });
  const text = `${JSON.stringify(answer, null, 2)}\n`;
  if (file === undefined) return text;
  await writeFile(file, text, { mode: 0o600 });
  const { held } = answer;
  const parts = Object.entries(held).flatMap(([name, { length }]) =>
    length === 0 ? [] : [`${length} ${length === 1 ? name.replace(/s$/, '') : name}`],
  );
  return `Written to ${file}: ${parts.length === 0 ? 'nothing is held' : parts.join(', ')}.\n`;
}

/** What would be erased, in words. */
export async function wouldErase(who: string, { env }: Given): Promise<string> {
  const { answer, config } = await atDatabase(who, env, {
    here: (parts) => tryErasing(parts, { who, by: BY }),
    there: { method: 'GET', path: '/erasure' },
  });
  return told(answer, { config, isDone: false });
}

/** Erases, and says what was. */
export async function erase(who: string, { env }: Given): Promise<string> {
  const { answer, config } = await atDatabase(who, env, {
    here: (parts) => erasePerson(parts, { who, by: BY }),
    there: { method: 'DELETE' },
  });
  return told(answer, { config, isDone: true });
}

/** Nobody signs in at a terminal. */
const BY = 'An admin';

function told(
  { knownAs, erased }: ErasedPerson,
  { config, isDone }: { config: LoadedConfig; isDone: boolean },
): string {
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
  const lines = [
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
  return `${lines.join('\n')}\n`;
}

/** The places in the config where they stand still, for whoever keeps the files. */
function named(knownAs: readonly string[], { files }: LoadedConfig): string[] {
  const values = knownAs.map((name) => name.replace(/^\w+:/, '').toLowerCase());
  const places = Object.entries(files).flatMap(([file, text]) =>
    text
      .toLowerCase()
      .split('\n')
      .flatMap((line, index) => (values.some((value) => line.includes(value)) ? [`${file}:${index + 1}`] : [])),
  );
  return places.length === 0 ? [] : [`The config names them still; take that out by hand: ${places.join(', ')}.`];
}

/** In the database, or by the service that keeps it for itself. Throws `data.in-use` when that does not answer. */
async function atDatabase<Answer extends object>(
  who: string,
  env: Given['env'],
  { here, there }: { here(parts: ErasingParts): Promise<Answer>; there: { method: 'GET' | 'DELETE'; path?: string } },
): Promise<{ answer: Answer; config: LoadedConfig }> {
  const { environment, config } = await readDesk({ env });
  let connection: Connection | null = null;
  try {
    connection = await openDatabase({ url: environment.DATABASE_URL, dataFolder: environment.TABLEDESK_DATA });
    await noteCommand(connection.queries, there.method === 'GET' ? 'person_shown' : 'person_erased', realTime());
    return { answer: await here({ connection, config: { current: () => config }, now: realTime }), config };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
    const { method, path = '' } = there;
    const response = await askService(environment, `/api/people/${encodeURIComponent(who)}${path}`, { method });
    if (response === null) throw error;
    const answer = (await response.json()) as Answer & { error?: { code: string; message: string; fix: string } };
    if (answer.error !== undefined) throw new Problem(answer.error);
    return { answer, config };
  } finally {
    await connection?.close();
  }
}
