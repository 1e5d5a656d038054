import { Command, InvalidArgumentError } from 'commander';
import type { MakeCommand } from './terminal.ts';

interface Options {
  source?: string;
  column: Readonly<Record<string, string>>;
}

/** How it was before Tabledesk, for the report on what it is worth. */
export const baselineCommand: MakeCommand = (terminal) => {
  const command = new Command('baseline').description('tell how it was before, to compare with');
  command.addCommand(
    new Command('import')
      .description('take the tickets of the time before from a CSV file, in place of those that were taken before')
      .argument('<old.csv>', 'a row for each ticket: created, and what became of it')
      .option('--source <words>', 'where they are from; left out, the name of the file')
      .option('--column <ours=theirs>', 'a column that is called otherwise, such as "created=Erstellt am"', renamed, {})
      .action(async (file: string, options: Options) => {
        const { importFile } = await import('./baseline/run.ts');
        terminal.stdout.write(await importFile(file, { ...options, env: terminal.env }));
      }),
  );
  command.addCommand(
    new Command('forget').description('forget the tickets that were imported').action(async () => {
      const { forget } = await import('./baseline/run.ts');
      terminal.stdout.write(await forget(terminal.env));
    }),
  );
  return command;
};

function renamed(written: string, before: Options['column']): Options['column'] {
  const at = written.indexOf('=');
  if (at < 1 || at === written.length - 1) {
    throw new InvalidArgumentError('It is our name of a column, = and theirs, such as "created=Erstellt am".');
  }
  return { ...before, [written.slice(at + 1)]: written.slice(0, at) };
}
