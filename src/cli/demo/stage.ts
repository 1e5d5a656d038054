import { join } from 'node:path';
import type { StageClock } from '../../demo/index.ts';
import type { Service } from '../../main.ts';
import { greeting } from '../greeting.ts';
import { createProgressLine } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { outliveOutput } from '../outlive-output.ts';
import { runUntilStopped } from '../until-stopped.ts';

const NO_MAIL = 'nothing is ever sent from a demo, whatever SMTP_URL is';

/** Variables by name. */
type Variables = Readonly<Record<string, string>>;

/** Where a demo is made. */
export interface DemoPlace {
  folder: string;
  terminal: Terminal;
  /** The way to its base; left out, it has the embedded one. */
  base?: Variables;
}

/** What is played. */
export interface Playing {
  seed: number;
  days: number;
  end: Temporal.Instant;
}

/** Plays the story on the parts of a desk, by a clock of its own. */
export async function playDemo(place: DemoPlace, playing: Playing, clock: StageClock): Promise<void> {
  const [main, demo] = await Promise.all([import('../../main.ts'), import('../../demo/index.ts')]);
  const { days, seed } = playing;
  const service = await demoService(place);
  const desk = await main.openStage({
    ...service,
    // With an address, customers can be asked how it was. The demo that is served has none but its own.
    variables: { ...service.variables, PUBLIC_URL: demo.STORY_ADDRESS },
    newId: demo.storyIds(seed),
    log: main.createLog('silent'),
    now: clock.now,
    pause: passing(clock),
  });
  try {
    const what = `Playing ${days === 1 ? '1 day' : `${days} days`} of a help desk`;
    const progress = createProgressLine(place.terminal, what);
    const onProgress = (share: number) => progress.show(`${Math.floor(share * 100)} %`);
    const { tickets } = await demo.fillDesk({ ...desk, clock }, { ...playing, onProgress });
    progress.end(`${tickets} tickets`);
  } finally {
    await desk.close();
  }
}

/** On a stage waiting takes no time. */
export function passing(clock: StageClock): (milliseconds: number) => Promise<void> {
  return (milliseconds) => Promise.resolve(clock.set(clock.now().add({ milliseconds })));
}

/** Serves a demo until somebody stops it. `more` is what is to be said besides. */
export function serveDemo(place: DemoPlace, more = ''): Promise<void> {
  return runUntilStopped(place.terminal, () => startDemo(place, more));
}

async function startDemo(place: DemoPlace, more: string): Promise<Service> {
  outliveOutput();
  const { startService } = await import('../../main.ts');
  const { folder, terminal } = place;
  const service = await startService(await demoService(place));
  terminal.stdout.write(greeting(service, { mail: NO_MAIL }));
  terminal.stdout.write(
    `  Its config is in ${join(folder, 'config')}: change a rule, save, and the next ticket follows it.\n`,
  );
  terminal.stdout.write(`  Ask why: TABLEDESK_DATA=${folder} npx tabledesk explain T-1042\n\n${more}`);
  return service;
}

/** What the service of a demo is made of: nothing of the real desk, and no way for mail. */
async function demoService({ folder, terminal, base }: DemoPlace) {
  const [main, demo] = await Promise.all([import('../../main.ts'), import('../../demo/index.ts')]);
  const own = { data: folder, config: demo.configOf(folder), ...(base !== undefined && { base }) };
  const variables = demo.demoVariables(terminal.env, own);
  const environment = main.readEnvironment(variables);
  const log = main.createLog(environment.LOG_LEVEL, terminal.stderr);
  return { environment, variables, log, notifier: demo.createNoMail() };
}
