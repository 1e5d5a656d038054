import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { MakeCommand, Terminal } from './terminal.ts';

interface Options {
  store: 'embedded' | 'airtable' | 'notion';
  data?: string;
  days: number;
  seed: number;
  fresh: boolean;
  serve: boolean;
}

/** Fills a desk of its own with a made-up history and serves it. */
export const demoCommand: MakeCommand = (terminal) =>
  new Command('demo')
    .description('fill a desk of its own with weeks of made-up history and serve it; nothing is ever sent')
    .addOption(
      new Option('--store <store>', 'what it lives in; airtable and notion are simulated, made anew each time')
        .choices(['embedded', 'airtable', 'notion'])
        .default('embedded'),
    )
    .option('--data <folder>', 'its folder; left out, demo in TABLEDESK_DATA, or demo-airtable, demo-notion')
    .option('--days <days>', 'days of history', wholeNumber({ least: 1, most: 365 }), 90)
    .option('--seed <seed>', 'another number tells another story', wholeNumber({ least: 0, most: 2 ** 31 }), 1)
    .option('--fresh', 'make it anew, with a history until today', false)
    .option('--no-serve', 'fill it and stop there')
    .action(async (options: Options) => {
      const { readEnvironment } = await import('../main.ts');
      const data = readEnvironment(terminal.env).TABLEDESK_DATA;
      const { store: kind } = options;
      if (kind !== 'embedded') {
        const { demoOnSimulated } = await import('./demo/on-simulated.ts');
        return demoOnSimulated({ kind, folder: options.data ?? join(data, `demo-${kind}`), terminal }, options);
      }
      const folder = options.data ?? join(data, 'demo');
      await prepare(folder, options, terminal);
      if (!options.serve) return;
      const { serveDemo } = await import('./demo/stage.ts');
      await serveDemo({ folder, terminal });
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
  const [{ realTime }, demo, { playDemo }] = await Promise.all([
    import('../main.ts'),
    import('../demo/index.ts'),
    import('./demo/stage.ts'),
  ]);
  const end = realTime().round('second');
  const mark = { seed, days, end: end.toString() };
  demo.markDemo(folder, { ...mark, isWhole: false });
  demo.copyConfig(folder);
  const clock = demo.createStageClock(end.subtract({ hours: 24 * (days + 1) }));
  await playDemo({ folder, terminal }, { seed, days, end }, clock);
  demo.markDemo(folder, { ...mark, isWhole: true });
}

function wholeNumber({ least, most }: { least: number; most: number }): (written: string) => number {
  return (written) => {
    const number = Number(written);
    if (/^\d+$/.test(written) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}
