/**
 * How long a changed config takes from its files to being in force: read, checked as a whole, and made into what rules are
 * asked by. What the disk and the quiet time of the watcher add is left out.
 *
 *     node bench/reload.ts [--rules 500] [--agents 50]
 */
import { parseArgs } from 'node:util';
import { bigConfig } from './support/big-config.ts';
import { below, median, printFigures } from './support/figures.ts';

/** The first few are those of a start, before the engine has compiled what it runs. */
const ROUNDS = 15;

const { values } = parseArgs({
  options: { rules: { type: 'string', default: '500' }, agents: { type: 'string', default: '50' } },
});
const [rules, agents] = [Number(values.rules), Number(values.agents)];

const rounds = Array.from({ length: ROUNDS }, () => {
  const [started, before] = [performance.now(), process.cpuUsage()];
  bigConfig({ rules, agents });
  const { user, system } = process.cpuUsage(before);
  return { milliseconds: performance.now() - started, ofProcessor: (user + system) / 1000 };
});
const [first] = rounds;
printFigures(`A config of ${rules} rules and ${agents} agents, from its files to being in force`, [
  { what: 'the first, as at a start', value: first?.milliseconds ?? 0, unit: 'ms' },
  {
    what: `median of ${ROUNDS}`,
    value: median(rounds.map(({ milliseconds }) => milliseconds)),
    unit: 'ms',
    goal: below(200),
  },
  { what: 'of these, processor time', value: median(rounds.map(({ ofProcessor }) => ofProcessor)), unit: 'ms' },
]);
