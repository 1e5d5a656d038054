import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFinding } from '../../config/finding.ts';
import type { LoadedConfig } from '../../config/live.ts';
import { withStore } from '../../config/write-store.ts';
import type { StageClock, Visit } from '../../demo/index.ts';
import { deskColumns } from '../../sync/columns.ts';
import { createAsk } from '../ask.ts';
import type { Terminal } from '../terminal.ts';
import { type DemoPlace, passing, playDemo, serveDemo } from './stage.ts';

/** The base is written at the pace that Airtable takes, by the story's clock, which so runs beyond the story's end. */
const TIME_TO_WRITE = { minutes: 3 };

/** The plan without an allowance, so that what people do is seen after seconds. */
const PLAN = 'business';

interface Options {
  days: number;
  seed: number;
  serve: boolean;
}

/**
 * A demo on a simulated Airtable: strict, with the published limits, behind a port of this machine. The base
 * lives as long as this process does, so the demo is made anew each time.
 */
export async function demoOnAirtable(folder: string, options: Options, terminal: Terminal): Promise<void> {
  const [main, demo] = await Promise.all([import('../../main.ts'), import('../../demo/index.ts')]);
  const { days, seed } = options;
  if (demo.findDemo(folder) !== null) demo.clearDemo(folder);
  const end = main.realTime().subtract(TIME_TO_WRITE).round('second');
  demo.markDemo(folder, { seed, days, end: end.toString(), isWhole: false });
  demo.copyConfig(folder);
  const clock = demo.createStageClock(end.subtract({ hours: 24 * (days + 1) }));
  const config = await readConfig(demo.configOf(folder));
  const airtable = await demo.openDemoAirtable({ policy: config.policy, now: clock.now });
  try {
    const place = { folder, terminal, base: airtable.variables };
    const table = await connect(place, config, clock);
    await playDemo(place, { seed, days, end }, clock);
    airtable.open(main.realTime);
    if (options.serve) await serveDemo(place, visitLines(airtable.visit(table)));
  } finally {
    await airtable.close();
  }
}

async function readConfig(folder: string): Promise<LoadedConfig> {
  const { readFolder } = await import('../../main.ts');
  const result = await readFolder(folder, {});
  if ('loaded' in result) return result.loaded;
  throw new Error(`The example desk has mistakes: ${result.findings.map(formatFinding).join(' ')}`);
}

/** As `tabledesk connect airtable` would, with every answer given. */
async function connect(place: DemoPlace, { policy }: LoadedConfig, clock: StageClock) {
  const [{ CONNECTORS }, { configOf }] = await Promise.all([import('../../main.ts'), import('../../demo/index.ts')]);
  const { connect: lead } = CONNECTORS['airtable'] ?? {};
  if (lead === undefined) throw new Error('There is no connector that leads to Airtable.');
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
  writeFileSync(file, withStore(readFileSync(file, 'utf8'), { kind: 'airtable', settings, comments }));
  return { base: String(settings['base']), table: String(settings['table']) };
}

/** How to work in the base without Airtable's pages: by its API, which a person's token opens too. */
function visitLines({ name, token, rows, rowId }: Visit): string {
  const json = "-H 'Content-Type: application/json'";
  return [
    "  The base is a simulated Airtable, as strict as the real one, and ends with this demo. Its API is Airtable's;",
    `  with these lines you are ${name}, who works in it. Tabledesk looks every ten seconds for what you changed`,
    '  in opening hours, and every minute at other times.',
    '',
    `  AUTH='Authorization: Bearer ${token}'`,
    `  ROWS=${rows}`,
    '',
    '  See three rows:',
    '  curl -gs -H "$AUTH" "$ROWS?maxRecords=3&fields[]=Ticket&fields[]=Status&fields[]=Owner&fields[]=Why"',
    '  Put one on hold, answer its customer, type a row of your own:',
    `  curl -s -H "$AUTH" ${json} -X PATCH $ROWS/${rowId} -d '{"fields": {"Status": "On hold"}}'`,
    `  curl -s -H "$AUTH" ${json} -X PATCH $ROWS/${rowId} -d '{"fields": {"Reply": "We are on it.", "Send": true}}'`,
    `  curl -s -H "$AUTH" ${json} -X POST $ROWS -d '{"fields": {"Subject": "Called: the router is dead"}}'`,
    '',
    '',
  ].join('\n');
}
