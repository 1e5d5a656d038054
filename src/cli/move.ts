import { Command, InvalidArgumentError } from 'commander';
import { Problem } from '../domain/problem.ts';
import { createProgressLine } from './progress.ts';
import type { MakeCommand } from './terminal.ts';

/** Moves a desk from the embedded database into a PostgreSQL. */
export const moveCommand: MakeCommand = (terminal) =>
  new Command('move')
    .description('copy everything from the embedded database into an empty PostgreSQL')
    .requiredOption('--to <address>', 'of the database, as for DATABASE_URL', addressOf)
    .action(async ({ to: url }: { to: string }) => {
      const [{ readEnvironment }, { moveDatabase }] = await Promise.all([
        import('../main.ts'),
        import('../db/move.ts'),
      ]);
      const { TABLEDESK_DATA: dataFolder } = readEnvironment(terminal.env);
      const progress = createProgressLine(terminal, 'Moving');
      const { rows, tables } = await moveDatabase({ dataFolder, url }, (told) =>
        progress.show(`${told.rows.toLocaleString('en-GB')} rows, now ${told.table}`),
      ).catch(whileServed);
      progress.end(`${rows.toLocaleString('en-GB')} rows of ${tables} tables, all counted on both sides`);
      terminal.stdout.write(
        `From now on start the service with DATABASE_URL. Keep the folder ${dataFolder}: the secrets that the service\n` +
          'made for itself are there, in secrets.env. Its database is as it was, should you want to go back at once.\n',
      );
    });

function addressOf(written: string): string {
  if (!/^postgres(ql)?:\/\//.test(written) || !URL.canParse(written))
    throw new InvalidArgumentError('It is written as postgres://user:password@host/database.');
  return written;
}

function whileServed(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
  const fix = 'Stop the service, run this, and start it again with DATABASE_URL.';
  throw new Problem({ code: 'data.in-use', message: error.message, fix }, { cause: error });
}
