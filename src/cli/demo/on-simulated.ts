import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFinding } from '../../config/finding.ts';
import type { LoadedConfig } from '../../config/live.ts';
import { withStore } from '../../config/write-store.ts';
import type { SimulatedKind, StageClock, Visit } from '../../demo/index.ts';
import { deskColumns } from '../../sync/columns.ts';
import { createAsk } from '../ask.ts';
import type { Terminal } from '../terminal.ts';
import { type DemoPlace, passing, playDemo, serveDemo } from './stage.ts';

/** The plan without an allowance or a narrow minute, so that what people do is seen after seconds. */
const PLAN = 'business';

interface Options {
  days: number;
  seed: number;
  serve: boolean;
}

/** Where the demo is made, and what it lives in. */
interface DemoBase {
  kind: SimulatedKind;
  folder: string;
  terminal: Terminal;
}

/**
 * A demo on a simulated base: strict, with the published limits, behind a port of this machine. The base lives
 * as long as this process does, so the demo is made anew each time.
 */
export async function demoOnSimulated({ kind, folder, terminal }: DemoBase, options: Options): Promise<void> {
  const [main, demo] = await Promise.all([import('../../main.ts'), import('../../demo/index.ts')]);
  const { days, seed } = options;
  if (demo.findDemo(folder) !== null) demo.clearDemo(folder);
  const today = main.realTime().round('second');
  demo.markDemo(folder, { seed, days, end: today.toString(), isWhole: false });
  demo.copyConfig(folder);
  const config = await readConfig(demo.configOf(folder));
  const clock = demo.createStageClock(today.subtract({ hours: 24 * (days + 1) }));
  const base = await demo.openSimulatedBase(kind, { policy: config.policy, now: clock.now });
  try {
    // It is written at the pace that the vendor takes, by the story's clock, which so runs beyond the story's end.
    const end = today.subtract(base.timeToWrite(days));
    const place = { folder, terminal, base: base.variables };
    const settings = await connect(kind, place, { config, clock });
    await playDemo(place, { seed, days, end }, clock);
    base.open(main.realTime);
    if (options.serve) await serveDemo(place, visitLines(base.visit(settings)));
  } finally {
    await base.close();
  }
}

async function readConfig(folder: string): Promise<LoadedConfig> {
  const { readFolder } = await import('../../main.ts');
  const result = await readFolder(folder, {});
  if ('loaded' in result) return result.loaded;
  throw new Error(`The example desk has mistakes: ${result.findings.map(formatFinding).join(' ')}`);
}

/** As `tabledesk connect` would, with every answer given. Returns the settings of the store. */
async function connect(
  kind: SimulatedKind,
  place: DemoPlace,
  { config: { policy }, clock }: { config: LoadedConfig; clock: StageClock },
) {
  const [{ CONNECTORS }, { configOf }] = await Promise.all([import('../../main.ts'), import('../../demo/index.ts')]);
  const { connect: lead } = CONNECTORS[kind] ?? {};
  if (lead === undefined) throw new Error(`There is no connector that leads to ${kind}.`);
  const { settings, comments } = await lead({
    ask: createAsk({ answers: { plan: PLAN }, takesUsual: true }, null),
    say: () => undefined,
    environment: place.base ?? {},
    columns: deskColumns(policy),
    deskName: policy.desk.name,
    settings: null,
    now: clock.now,
    pause: passing(clock),
  });
  const file = join(configOf(place.folder), 'desk.yaml');
  writeFileSync(file, withStore(readFileSync(file, 'utf8'), { kind, settings, comments }));
  return settings;
}

function visitLines({ what, vendor, name, seen, opening, look, work }: Visit): string {
  return [
    `The ${what} is a simulated ${vendor}, as strict as the real one, and ends with this demo. Its API is`,
    `${vendor}'s; with these lines you are ${name}, who works in it. Tabledesk looks for what you changed`,
    `${seen}.`,
    '',
    ...opening,
    '',
    'See three rows:',
    look,
    'Put one on hold, answer its customer, type a row of your own:',
    ...work,
    '',
    '',
  ]
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
