import { Command } from 'commander';
import { Problem } from '../domain/problem.ts';
import { createProgressLine } from './progress.ts';
import type { MakeCommand } from './terminal.ts';

/** Reads the whole base again, and restores every ticket of which only the base knows. Sends nothing. */
export const resyncCommand: MakeCommand = (terminal) =>
  new Command('resync')
    .description('read the whole base again, and restore every ticket of which only the base knows')
    .action(async () => {
      const [{ createLog, mailOf, openStage, readEnvironment, realTime }, { noteCommand }] = await Promise.all([
        import('../main.ts'),
        import('./note-command.ts'),
      ]);
      const environment = readEnvironment(terminal.env);
      const log = createLog(environment.LOG_LEVEL, terminal.stderr);
      const given = { environment, variables: terminal.env, log, now: realTime };
      const desk = await openStage({ ...given, notifier: await mailOf(terminal.env) }).catch(whileServed);
      try {
        await noteCommand(desk.connection.queries, 'base_read', realTime());
        const progress = createProgressLine(terminal, 'Reading the base');
        const found = await desk.pull.resync(({ rows, elapsed }) =>
          progress.show(`${countOf(rows, 'row')}, ${Math.round(elapsed.total('seconds'))} s`),
        );
        progress.end('done');
        terminal.stdout.write(summary(found));
      } finally {
        await desk.close();
      }
    });

/** The service reads the base by itself; what this command does must not happen under its hands. */
function whileServed(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
  const fix = 'Stop the service, run this, and start it again: the base is read anew only while nobody works on it.';
  throw new Problem({ code: 'data.in-use', message: error.message, fix }, { cause: error });
}

type Found = Readonly<Record<'taken' | 'adopted' | 'restored' | 'detached' | 'unknown', number>>;

/** What came of it, without what did not happen. */
function summary({ restored, taken, adopted, detached, unknown }: Found): string {
  const lines = [
    told(restored, 'ticket', 'restored from the base'),
    told(taken, 'ticket', 'changed in the base and taken over'),
    told(adopted, 'row', 'typed by people, tickets now'),
    told(detached, 'ticket', 'without a row, as it was deleted'),
    told(unknown, 'row', 'that the base made twice; the log says which to delete'),
  ].filter((line) => line !== null);
  return lines.length === 0 ? 'Everything was as it should be.\n' : `${lines.join('\n')}\n`;
}

function told(count: number, what: string, became: string): string | null {
  return count === 0 ? null : `  ${countOf(count, what)} ${became}`;
}

function countOf(count: number, what: string): string {
  return `${count.toLocaleString('en-GB')} ${what}${count === 1 ? '' : 's'}`;
}
