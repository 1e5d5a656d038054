import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import type { Queries } from '../../db/connection.ts';
import { openDatabase } from '../../db/open.ts';
import type { AuditAct } from '../../domain/audit.ts';
import { Problem } from '../../domain/problem.ts';
import { counted } from '../../domain/sentences/words.ts';
import { realTime } from '../../main.ts';
import { forgetBaseline, keepBaseline } from '../../reports/value/keep-baseline.ts';
import { oldTicketsIn } from '../../reports/value/old-tickets.ts';
import { noteCommand } from '../note-command.ts';
import { readDesk } from '../report/report-reader.ts';
import { askService } from '../running-service.ts';
import type { Terminal } from '../terminal.ts';

interface ImportGiven extends Pick<Terminal, 'env'> {
  source?: string;
  /** Ours by theirs. */
  column: Readonly<Record<string, string>>;
}

/**
 * Takes old tickets from a file. Returns what came of it.
 *
 * @throws Problem `baseline.no-file`, `baseline.columns`, `baseline.rows`, `config.refused`, `data.in-use`
 */
export async function importFile(file: string, { source = basename(file), column, env }: ImportGiven): Promise<string> {
  const csv = await readText(file);
  const { environment, config } = await readDesk({ env });
  const tickets = oldTicketsIn(csv, { timeZone: config.policy.desk.timeZone, renamed: column });
  await atDatabase(environment, {
    act: 'baseline_imported',
    here: (queries) => keepBaseline(queries, tickets, { source, now: realTime() }),
    there: () => askService(environment, addressOf(source, column), { method: 'POST', csv }),
  });
  return `${counted(tickets.length, 'ticket')} of the time before ${tickets.length === 1 ? 'is' : 'are'} there to compare with.\nSee npx tabledesk report value, or the page Value of the reports.\n`;
}

/** Forgets what was imported. Returns what came of it. */
export async function forget(env: Terminal['env']): Promise<string> {
  const { environment } = await readDesk({ env });
  await atDatabase(environment, {
    act: 'baseline_forgotten',
    here: forgetBaseline,
    there: () => askService(environment, '/api/baseline', { method: 'DELETE' }),
  });
  return 'No imported ticket of the time before is left.\n';
}

/** In the database, or by the service that keeps it for itself. Throws `data.in-use` when that does not answer. */
async function atDatabase(
  { DATABASE_URL: url, TABLEDESK_DATA: dataFolder }: Environment,
  { act, here, there }: { act: AuditAct; here(queries: Queries): Promise<unknown>; there(): Promise<Response | null> },
): Promise<void> {
  try {
    const connection = await openDatabase({ url, dataFolder });
    try {
      await noteCommand(connection.queries, act, realTime());
      await here(connection.queries);
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
    const answer = await there();
    if (answer?.ok !== true) throw error;
  }
}

function addressOf(source: string, column: ImportGiven['column']): string {
  const pairs = Object.entries(column).map(([theirs, ours]) => ['column', `${ours}=${theirs}`]);
  return `/api/baseline?${new URLSearchParams([['source', source], ...pairs]).toString()}`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Problem(
      {
        code: 'baseline.no-file',
        message: `The file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        fix: 'Name a CSV file of old tickets, with the names of its columns in the first line.',
      },
      { cause: error },
    );
  }
}
