import { Command } from 'commander';
import type { MakeCommand } from './terminal.ts';

/** Looks at everything that a desk needs, beside a running service too. */
export const doctorCommand: MakeCommand = (terminal, exit) =>
  new Command('doctor')
    .description('look at config, database, mail and base, and say how to mend what is wrong')
    .option('--fix', 'mend what can be mended, then look again', false)
    .option('--send-test', 'send a test to each system that follows tickets', false)
    .action(async (asked: { fix: boolean; sendTest: boolean }) => {
      const { runDoctor } = await import('./doctor/run.ts');
      exit(await runDoctor(terminal, asked));
    });
