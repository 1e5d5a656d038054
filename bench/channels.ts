/**
 * How many requests a second each channel believes and reads: `verify` of one that its sender signed, and `parse` of
 * those that were recorded, which are longer. One thread, nothing stored. Its own processor time counts, so that what else
 * the machine does says little.
 *
 *     node bench/channels.ts [--only slack,ses] [--rounds 9]
 */
import { parseArgs } from 'node:util';
import type { RawRequest } from '../src/ports/channel.ts';
import { MORNING } from '../test/support/builders.ts';
import { type BenchChannel, benchChannels } from './support/bench-channels.ts';
import { atLeast, type Figure, median, printFigures } from './support/figures.ts';

/** A round goes on for so long, in milliseconds: many times what a pause of the collector takes. */
const ROUND = 150;

const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: '9' } } });

const figures: Figure[] = [];
for (const channel of benchChannels(values.only?.split(','))) figures.push(await perSecond(channel));
printFigures('Believed and read', figures);

async function perSecond(channel: BenchChannel): Promise<Figure> {
  const rounds: number[] = [];
  // The first two are there for the engine, which compiles what runs often.
  for (let round = -2; round < Number(values.rounds); round += 1) {
    const rate = await rateOf(channel);
    if (round >= 0) rounds.push(rate);
  }
  return { what: channel.config.name, value: median(rounds), unit: 'requests/s of a processor', goal: atLeast(5000) };
}

async function rateOf({ config, channel, recorded }: BenchChannel): Promise<number> {
  const secrets = config.secrets ?? { tokens: [], signing: [] };
  const signed = signedBy({ config, channel, recorded });
  const begin = performance.now();
  const spent = process.threadCpuUsage();
  let count = 0;
  while (performance.now() - begin < ROUND) {
    for (const request of recorded) {
      await channel.verify(signed ?? request, secrets);
      await channel.parse(request);
    }
    count += recorded.length;
  }
  const { user, system } = process.threadCpuUsage(spent);
  return (count * 1e6) / (user + system);
}

/** Null of a channel for which only its sender can sign; to find a signature wrong takes as long. */
function signedBy({ config, channel }: BenchChannel): RawRequest | null {
  const address = `https://desk.example/hooks/${config.name}`;
  const said = { id: 'a1b2c3', subject: 'Charged twice', text: 'My card was charged twice.', name: 'Zoë' };
  const secrets = config.secrets ?? { tokens: [], signing: [] };
  const sample = channel.sample?.({ ...said, email: 'zoe@example.com', address, at: MORNING }, secrets) ?? null;
  return sample === null ? null : { ...sample, address, receivedAt: MORNING };
}
