/**
 * Kills the service with -9 at random moments under load, again and again, and then counts: is everything
 * that was acknowledged a ticket, exactly once? Ends with 1 when anything is not as it was promised.
 *
 *     node bench/kill.ts [--times 10] [--seed 1] [--rate 150]
 */
import { parseArgs } from 'node:util';
import { createChance } from '../test/support/chance.ts';
import { beginServiceProcess } from '../test/support/service-process.ts';
import { aBenchDesk } from './support/bench-desk.ts';
import { exactly, printFigures } from './support/figures.ts';
import { JSON_TOKEN, startSenders } from '../test/support/stubborn-senders.ts';
import { readDesk, violationsOf } from '../test/support/verify-desk.ts';

/** Of the kills, so many hit a service that is still starting and recovering from the one before. */
const KILLED_WHILE_STARTING = 0.15;

/** Longest life, in milliseconds, of a service that is starting, and of one that is ready. */
const LONGEST_LIFE = { starting: 2500, ready: 1500 };

/** Longest wait for the rest of the work, in seconds. */
const PATIENCE = 1800;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '150' },
  },
});
const [times, seed, perSecond] = [Number(values.times), Number(values.seed), Number(values.rate)];

const desk = await aBenchDesk();
const given = {
  dataFolder: desk.dataFolder,
  configFolder: desk.configFolder,
  variables: { JSON_TOKEN, LOG_LEVEL: 'warn' },
};
const chance = createChance(seed);
const senders = startSenders({ perSecond, seed });
const kills = { starting: 0, ready: 0 };
// The first start makes the database; the kills begin after it.
await (await desk.start({ JSON_TOKEN })).stop();
for (let kill = 0; kill < times; kill += 1) await liveAndDie();
const service = await (await beginServiceProcess(given)).ready();
senders.to(service.address);
await senders.finish();
await service.settled({ seconds: PATIENCE });
await service.stop();
const record = await readDesk(desk.dataFolder);
const violations = violationsOf(record, senders.told);

printFigures(`Killed ${times} times at random moments, seed ${seed}, ${perSecond} requests/s`, [
  { what: 'killed while requests came in', value: kills.ready, unit: 'times' },
  { what: 'killed while starting', value: kills.starting, unit: 'times' },
  { what: 'requests acknowledged', value: senders.told.size, unit: '' },
  { what: 'deliveries without an answer, sent again', value: senders.unanswered(), unit: '' },
  { what: 'tickets', value: record.tickets.length, unit: '', goal: exactly(senders.told.size) },
  { what: 'violations', value: violations.length, unit: '', goal: exactly(0) },
]);
for (const violation of violations.slice(0, 50)) console.log(violation);
if (violations.length > 0) {
  console.log(`The data folder is kept for whoever wants to look: ${desk.dataFolder}`);
  process.exitCode = 1;
} else await desk.remove();

/** One life of the service, of random length. */
async function liveAndDie(): Promise<void> {
  const begun = await beginServiceProcess(given);
  if (chance() < KILLED_WHILE_STARTING) {
    kills.starting += 1;
    await pause(chance() * LONGEST_LIFE.starting);
    return begun.kill();
  }
  const running = await begun.ready();
  senders.to(running.address);
  await pause(50 + chance() * LONGEST_LIFE.ready);
  await running.kill();
  senders.to(null);
  kills.ready += 1;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((passed) => setTimeout(passed, milliseconds));
}
