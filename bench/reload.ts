/**
 * How long a changed config takes from its files to being in force: read, checked as a whole, and made into what rules are
 * asked by. What the disk and the quiet time of the watcher add is left out.
 *
 * People save one file in which one rule is another; an editor may indent the file anew, by which each of its lines is
 * another; and a folder may be put in the place of another. All of these are read as the service reads them, which knows
 * what it read before. What is read without, as at a start or by a command, is no reload.
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

/** The files after all rules of triage were indented by some spaces more. */
function indentedIn(round: number): Readonly<Record<string, string>> {
  const indented = (files['triage.yaml'] ?? '').replaceAll('\n  -', `\n${' '.repeat(round + 3)}-`);
  return { ...files, 'triage.yaml': indented };
}

/** Files of which each line is another than in those before. */
function otherIn(round: number): Readonly<Record<string, string>> {
  const other = Object.entries(files).map(([name, text]) => [name, text.replaceAll(/(?<=\S)$/gm, ` # ${round}`)]);
  return Object.fromEntries(other);
}

function timed(load: () => unknown): { milliseconds: number; ofProcessor: number } {
  const [started, before] = [performance.now(), process.cpuUsage()];
  load();
  const { user, system } = process.cpuUsage(before);
  return { milliseconds: performance.now() - started, ofProcessor: (user + system) / 1000 };
}

function overRounds(load: (round: number) => unknown): readonly ReturnType<typeof timed>[] {
  return Array.from({ length: ROUNDS }, (_, round) => timed(() => load(round + 1)));
}

function medianOf(rounds: readonly { milliseconds: number }[]): number {
  return median(rounds.map(({ milliseconds }) => milliseconds));
}

const start = timed(() => loadedFrom(files, reader));
const saved = overRounds((round) => loadedFrom(changedIn(round), reader));
const indented = overRounds((round) => loadedFrom(indentedIn(round), reader));
const other = overRounds((round) => loadedFrom(otherIn(round), reader));
const anew = overRounds(() => loadedFrom(files));

printFigures(`A config of ${rules} rules and ${agents} agents, from its files to being in force`, [
  { what: 'at a start', value: start.milliseconds, unit: 'ms' },
  { what: 'one rule changed, the first time', value: saved[0]?.milliseconds ?? 0, unit: 'ms', goal: below(200) },
  { what: `one rule changed, median of ${ROUNDS}`, value: medianOf(saved), unit: 'ms', goal: below(200) },
  { what: 'of these, processor time', value: median(saved.map(({ ofProcessor }) => ofProcessor)), unit: 'ms' },
  {
    what: `all rules of a file indented anew, median of ${ROUNDS}`,
    value: medianOf(indented),
    unit: 'ms',
    goal: below(200),
  },
  { what: `each line of all files another, median of ${ROUNDS}`, value: medianOf(other), unit: 'ms', goal: below(200) },
  { what: `read with nothing known, median of ${ROUNDS}`, value: medianOf(anew), unit: 'ms' },
]);
