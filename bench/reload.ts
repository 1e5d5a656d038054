/**
 * How long a changed config takes from its files to being in force: read, checked as a whole, and made into what rules are
 * asked by. What the disk and the quiet time of the watcher add is left out.
 *
 * People save one file in which one rule is another; a new desk, or a file that was indented anew, is read as a whole.
 *
 *     node bench/reload.ts [--rules 500] [--agents 50]
 */
import { parseArgs } from 'node:util';
import { createSourceReader } from '../src/config/source-reader.ts';
import { bigFiles, loadedFrom } from './support/big-config.ts';
import { below, median, printFigures } from './support/figures.ts';

const ROUNDS = 15;

const { values } = parseArgs({
  options: { rules: { type: 'string', default: '500' }, agents: { type: 'string', default: '50' } },
});
const [rules, agents] = [Number(values.rules), Number(values.agents)];

const files = bigFiles({ rules, agents });
const reader = createSourceReader();

/** The files after the change of one rule of triage. */
function changedIn(round: number): Readonly<Record<string, string>> {
  const changed = (files['triage.yaml'] ?? '').replaceAll(`name: Triage ${round * 7},`, `name: Changed ${round},`);
  return { ...files, 'triage.yaml': changed };
}

function timed(load: () => unknown): { milliseconds: number; ofProcessor: number } {
  const [started, before] = [performance.now(), process.cpuUsage()];
  load();
  const { user, system } = process.cpuUsage(before);
  return { milliseconds: performance.now() - started, ofProcessor: (user + system) / 1000 };
}

function medianOf(rounds: readonly { milliseconds: number }[]): number {
  return median(rounds.map(({ milliseconds }) => milliseconds));
}

const start = timed(() => loadedFrom(files, reader));
const saved = Array.from({ length: ROUNDS }, (_, round) => timed(() => loadedFrom(changedIn(round + 1), reader)));
const anew = Array.from({ length: ROUNDS }, () => timed(() => loadedFrom(files)));

printFigures(`A config of ${rules} rules and ${agents} agents, from its files to being in force`, [
  { what: 'at a start', value: start.milliseconds, unit: 'ms' },
  { what: 'one rule changed, the first time', value: saved[0]?.milliseconds ?? 0, unit: 'ms', goal: below(200) },
  { what: `one rule changed, median of ${ROUNDS}`, value: medianOf(saved), unit: 'ms', goal: below(200) },
  { what: 'of these, processor time', value: median(saved.map(({ ofProcessor }) => ofProcessor)), unit: 'ms' },
  { what: `read as a whole, median of ${ROUNDS}`, value: medianOf(anew), unit: 'ms', goal: below(200) },
]);
