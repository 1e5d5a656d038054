/**
 * The command `tabledesk`. One file per command; this one only names them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { Problem } from '../domain/problem.ts';
import { backtestCommand } from './backtest.ts';
import { baselineCommand } from './baseline.ts';
import { checkCommand } from './check.ts';
import { connectCommand } from './connect.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { personCommand } from './person.ts';
import { moveCommand } from './move.ts';
import { reportCommand } from './report.ts';
import { resyncCommand } from './resync.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { trainCommand } from './train.ts';
import { startCommand } from './start.ts';

/** Runs one command line, without the two words before the command. */
export async function main(argv: readonly string[], terminal: Terminal = process): Promise<ExitCode> {
  const exit: { code: ExitCode } = { code: 0 };
  const program = new Command('tabledesk')
    .description('Turns an Airtable base or a Notion database into a help desk.')
    .version(ownVersion())
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .exitOverride()
    .showHelpAfterError('(tabledesk --help lists the commands)');
  for (const make of [
    startCommand,
    connectCommand,
    doctorCommand,
    checkCommand,
    backtestCommand,
    explainCommand,
    reportCommand,
    exportCommand,
    baselineCommand,
    personCommand,
    resyncCommand,
    moveCommand,
    trainCommand,
    demoCommand,
  ]) {
    program.addCommand(
      alike(
        make(terminal, (code) => void (exit.code = code)),
        program,
      ),
    );
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit.code;
  } catch (error) {
    return report(error, terminal);
  }
}

/** A command, and the commands in it, that speak and end as the whole does. */
function alike(command: Command, program: Command): Command {
  for (const within of command.commands) within.copyInheritedSettings(program);
  return command.copyInheritedSettings(program);
}

/** Says what a problem is and what to do. What is no problem of ours to explain is thrown on. */
function report(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof Problem)) throw error;
  terminal.stderr.write(`${error.message}\n${error.fix}\n`);
  return 1;
}

function ownVersion(): string {
  const file = join(import.meta.dirname, '../../package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
