import { Command, InvalidArgumentError, Option } from 'commander';
import { type Threshold, thresholdsIn } from '../backtest/thresholds.ts';
import { createProgressLine } from './progress.ts';
import type { MakeCommand, Terminal } from './terminal.ts';

/** Tickets that are replayed where nobody says how many. */
const USUAL_TICKETS = 1000;

interface Options {
  config: string;
  last: number;
  since?: Temporal.PlainDate;
  json: boolean;
  md: boolean;
  failOn: readonly Threshold[];
}

/** Tries a changed config on past tickets: what would have come out otherwise, and whether that is better or worse. */
export const backtestCommand: MakeCommand = (terminal, exit) =>
  new Command('backtest')
    .description(
      'try a changed config on past tickets and say what would come out otherwise; nothing is sent or changed',
    )
    .requiredOption('--config <folder>', 'the changed config; the one in force is that of TABLEDESK_CONFIG')
    .option('--last <tickets>', 'replay so many of the latest tickets', wholeNumber, USUAL_TICKETS)
    .option('--since <date>', 'replay those that came in since a day of the desk, as 2026-11-01', day)
    .addOption(new Option('--json', 'print everything as JSON').default(false).conflicts('md'))
    .addOption(new Option('--md', 'print Markdown, for a comment on a change').default(false))
    .option(
      '--fail-on <what>',
      'end with 3 when it gets worse: agreement, sla, changed=10%; several with commas',
      toThresholds,
      [],
    )
    .action(async (options: Options) => {
      const { formatFinding, readEnvironment, readFolder } = await import('../main.ts');
      const environment = readEnvironment(terminal.env);
      const changed = await readFolder(options.config, terminal.env);
      if ('findings' in changed) {
        for (const finding of changed.findings) terminal.stderr.write(`${formatFinding(finding)}\n`);
        return exit(1);
      }
      const [{ replay }, print, { crossed }] = await Promise.all([
        import('./backtest/replay.ts'),
        import('./backtest/print.ts'),
        import('../backtest/thresholds.ts'),
      ]);
      const progress = createProgressLine(progressTo(terminal, options), 'Replaying');
      const { timeZone, prefix } = changed.loaded.policy.desk;
      const window = print.windowOf(options, timeZone);
      const result = await replay({
        environment,
        variables: terminal.env,
        files: changed.loaded.files,
        window,
        progress,
      });
      const worse = crossed(result.summary, options.failOn);
      const written = { result, worse, prefix, timeZone };
      const text = options.json
        ? print.asJson(written)
        : options.md
          ? print.asMarkdown(written)
          : print.asText(written);
      terminal.stdout.write(text);
      exit(worse.length > 0 ? 3 : 0);
    });

/** What is read by a machine has nothing else in it. */
function progressTo(terminal: Terminal, { json, md }: Options): Terminal {
  return json || md ? { ...terminal, stdout: { write: () => undefined } } : terminal;
}

function wholeNumber(written: string): number {
  const number = Number(written);
  if (/^\d{1,7}$/.test(written) && number >= 1) return number;
  throw new InvalidArgumentError('It is a whole number of tickets, from 1 on.');
}

function day(written: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(written);
  } catch {
    throw new InvalidArgumentError('It is a day, as 2026-11-01.');
  }
}

function toThresholds(written: string, before: readonly Threshold[]): readonly Threshold[] {
  const thresholds = thresholdsIn(written);
  if (thresholds !== null) return [...before, ...thresholds];
  throw new InvalidArgumentError('It is agreement, sla, changed=10%, or several of them with commas between.');
}
