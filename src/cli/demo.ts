import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { greeting } from './greeting.ts';
import { createProgressLine } from './progress.ts';
import type { MakeCommand, Terminal } from './terminal.ts';
import { runUntilStopped } from './until-stopped.ts';

interface Options {
  data?: string;
  days: number;
  seed: number;
  fresh: boolean;
  serve: boolean;
}

const NO_MAIL = 'nothing is ever sent from a demo, whatever SMTP_URL is';

/** Fills a desk of its own with a made-up history and serves it. */
export const demoCommand: MakeCommand = (terminal) =>
  new Command('demo')
    .description('fill a desk of its own with weeks of made-up history and serve it; nothing is ever sent')
    .option('--data <folder>', 'where it lives; left out, the folder demo in TABLEDESK_DATA')
    .option('--days <days>', 'days of history', wholeNumber({ least: 1, most: 365 }), 60)
    .option('--seed <seed>', 'another number tells another story', wholeNumber({ least: 0, most: 2 ** 31 }), 1)
    .option('--fresh', 'make it anew, with a history until today', false)
    .option('--no-serve', 'fill it and stop there')
    .action(async (options: Options) => {
      const { readEnvironment } = await import('../main.ts');
      const folder = options.data ?? join(readEnvironment(terminal.env).TABLEDESK_DATA, 'demo');
      await prepare(folder, options, terminal);
      if (options.serve) await serve(folder, terminal);
    });

/** Sees to it that the folder holds a whole demo. */
async function prepare(folder: string, options: Options, terminal: Terminal): Promise<void> {
  const { clearDemo, findDemo } = await import('../demo/index.ts');
  const found = findDemo(folder);
  if (found?.isWhole && !options.fresh) {
    const until = found.end.slice(0, 10);
    terminal.stdout.write(`There is a demo in ${folder} already; its history ends on ${until}.\n`);
    terminal.stdout.write('With --fresh it is made anew, with a history until now.\n');
    return;
  }
  if (found !== null) clearDemo(folder);
  if (found?.isWhole === false) terminal.stdout.write(`The demo in ${folder} was broken off; it is made anew.\n`);
  await fill(folder, options, terminal);
}

async function fill(folder: string, { days, seed }: Options, terminal: Terminal): Promise<void> {
  const [main, demo] = await Promise.all([import('../main.ts'), import('../demo/index.ts')]);
  const end = main.realTime().round('second');
  const mark = { seed, days, end: end.toString() };
  demo.markDemo(folder, { ...mark, isWhole: false });
  demo.copyConfig(folder);
  const clock = demo.createStageClock(end.subtract({ hours: 24 * (days + 1) }));
  const log = main.createLog('silent');
  const desk = await main.openStage({ ...(await demoService(folder, terminal)), log, now: clock.now });
  try {
    const progress = createProgressLine(terminal, `Playing ${days === 1 ? '1 day' : `${days} days`} of a help desk`);
    const onProgress = (share: number) => progress.show(`${Math.floor(share * 100)} %`);
    const { tickets } = await demo.fillDesk({ ...desk, clock }, { seed, days, end, onProgress });
    progress.end(`${tickets} tickets`);
  } finally {
    await desk.close();
  }
  demo.markDemo(folder, { ...mark, isWhole: true });
}

async function serve(folder: string, terminal: Terminal): Promise<void> {
  const { startService } = await import('../main.ts');
  const service = await startService(await demoService(folder, terminal));
  terminal.stdout.write(greeting(service, { mail: NO_MAIL }));
  terminal.stdout.write(
    `  Its config is in ${join(folder, 'config')}: change a rule, save, and the next ticket follows it.\n`,
  );
  terminal.stdout.write(`  Ask why: TABLEDESK_DATA=${folder} npx tabledesk explain T-1042\n\n`);
  await runUntilStopped(service, terminal);
}

/** What the service of a demo is made of: nothing of the real desk, and no way for mail. */
async function demoService(folder: string, terminal: Terminal) {
  const [main, demo] = await Promise.all([import('../main.ts'), import('../demo/index.ts')]);
  const variables = demo.demoVariables(terminal.env, { data: folder, config: demo.configOf(folder) });
  const environment = main.readEnvironment(variables);
  const log = main.createLog(environment.LOG_LEVEL, terminal.stderr);
  return { environment, variables, log, notifier: demo.createNoMail() };
}

function wholeNumber({ least, most }: { least: number; most: number }): (written: string) => number {
  return (written) => {
    const number = Number(written);
    if (/^\d+$/.test(written) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}
