import { Command } from 'commander';
import type { MakeCommand } from './terminal.ts';

interface Erasing {
  yes?: boolean;
  dryRun?: boolean;
}

/** What the desk holds of a person, for whoever asks to see it or to have it erased. */
export const personCommand: MakeCommand = (terminal) => {
  const command = new Command('person').description('show what the desk holds of a person, or erase it');
  command.addCommand(
    new Command('show')
      .description('write everything that the desk holds of a person, as JSON')
      .argument('<who>', WHO)
      .option('--file <person.json>', 'write it there; left out, to the terminal')
      .action(async (who: string, { file }: { file?: string }) => {
        const { show } = await import('./person/run.ts');
        terminal.stdout.write(await show(who, { env: terminal.env, ...(file !== undefined && { file }) }));
      }),
  );
  command.addCommand(
    new Command('erase')
      .description('erase who a person is and what was written, here and in the base; figures stay')
      .argument('<who>', WHO)
      .option('--dry-run', 'only say what would be erased')
      .option('--yes', 'erase without asking')
      .action(async (who: string, options: Erasing) => {
        const [{ createAsk }, { erase, wouldErase }] = await Promise.all([
          import('./ask.ts'),
          import('./person/run.ts'),
        ]);
        terminal.stdout.write(await wouldErase(who, terminal));
        if (options.dryRun === true) return;
        const isAttended = terminal.stdin?.isTTY === true && terminal.stdout.isTTY === true;
        const seat = isAttended ? { input: process.stdin, output: process.stdout } : null;
        const ask = createAsk({ answers: options.yes === true ? { yes: true } : {}, takesUsual: false }, seat);
        if (!(await ask.confirm('yes', 'Erase it? Nobody can bring it back.', false))) {
          terminal.stdout.write('Nothing was erased.\n');
          return;
        }
        terminal.stdout.write(await erase(who, terminal));
      }),
  );
  return command;
};

const WHO = 'an address, or another identity, as phone:+4915112345 or slack:U123';
