import { Command } from 'commander';
import { createProgressLine } from './progress.ts';
import type { MakeCommand } from './terminal.ts';

/** What a trial promises where the config cannot be read. */
const USUAL_PROMISE = 0.95;

/** Has the desk learn its categories now, or tries on a file how well they can be told apart; prints what it is worth. */
export const trainCommand: MakeCommand = (terminal, exit) =>
  new Command('train')
    .description('learn the categories from solved tickets and corrections now, and say what that is worth')
    .option('--file <tickets.csv>', 'learn from a CSV file instead, as a trial that is not stored')
    .action(async ({ file }: { file?: string }) => {
      const [{ ConfigRefused, createLog, readEnvironment, readFolder, realTime }, { trainDesk, trainOnFile }] =
        await Promise.all([import('../main.ts'), import('./train/run.ts')]);
      const environment = readEnvironment(terminal.env);
      const read = await readFolder(environment.TABLEDESK_CONFIG, terminal.env);
      if ('findings' in read && file === undefined)
        throw new ConfigRefused(environment.TABLEDESK_CONFIG, read.findings);
      const config = 'findings' in read ? null : read.loaded;
      const progress = createProgressLine(terminal, 'Learning');
      progress.show('this takes up to a minute');
      const log = createLog(environment.LOG_LEVEL, terminal.stderr);
      const told =
        file !== undefined || config === null
          ? await trainOnFile(file ?? '', config?.learning.promise ?? USUAL_PROMISE)
          : await trainDesk({ environment, variables: terminal.env, config, now: realTime, log });
      progress.end('done');
      terminal.stdout.write(`\n${told.text}`);
      exit(told.exit);
    });
