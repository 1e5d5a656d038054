import { writeFile } from 'node:fs/promises';
import type { LoadedConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import { openDatabase } from '../../db/open.ts';
import { Problem } from '../../domain/problem.ts';
import { realTime } from '../../main.ts';
import { erasePerson, type ErasingParts, wouldErase as tryErasing } from '../../privacy/erase.ts';
import { erasureLines } from '../../privacy/erasure-words.ts';
import { showPerson } from '../../privacy/show.ts';
import { noteCommand } from '../note-command.ts';
import { readDesk } from '../report/report-reader.ts';
import { askService } from '../running-service.ts';
import type { Terminal } from '../terminal.ts';

type Given = Pick<Terminal, 'env'>;

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
  return `${erasureLines(answer, { config, isDone: false }).join('\n')}\n`;
}

/** Erases, and says what was. */
export async function erase(who: string, { env }: Given): Promise<string> {
  const { answer, config } = await atDatabase(who, env, {
    here: (parts) => erasePerson(parts, { who, by: BY }),
    there: { method: 'DELETE' },
  });
  return `${erasureLines(answer, { config, isDone: true }).join('\n')}\n`;
}

/** Nobody signs in at a terminal. */
const BY = 'An admin';

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
