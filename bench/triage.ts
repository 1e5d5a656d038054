/**
 * What the learned classifier is worth, on public sets of short requests: how often it is right, whether it keeps what
 * it promises, whether it knows what it does not know, and what learning costs. Settings are the usual ones; nothing
 * was tuned on what is asked here. The data is not in the repository.
 *
 *     node bench/triage.ts <folder with CLINC150 and Banking77>
 */
import {
  guess,
  type Guesses,
  learn,
  type LearnedModel,
  packModel,
  unpackModel,
} from '../src/knowledge/classifier/index.ts';
import { atLeast, atMost, type Figure, printFigures, quantile } from './support/figures.ts';
import type { Labelled } from './support/banking77.ts';
import { costOfLearning } from './support/learn-aside.ts';
import {
  asExamples,
  bankingSets,
  clincSet,
  hidingAQuarter,
  someOf,
  type TriageSet,
  withSlips,
  withWrongLabels,
} from './support/triage-data.ts';

const PROMISES = [0.95, 0.9] as const;
const QUARTERS = [0, 1, 2, 3];

/** Fewer accepted texts say little of the precision. */
const FEWEST_ACCEPTED = 200;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder: node bench/triage.ts <folder with CLINC150 and Banking77>');

/** Promise kept or not, of every set that was learned. */
const shortfalls: Figure[] = [];

const banking = bankingSets(folder);
printFigures('Banking77', ofBanking());
printFigures('CLINC150', ofClinc());
printFigures('promised precision less the measured one', shortfalls);
printFigures('what it costs', ofCosts());

function ofBanking(): readonly Figure[] {
  const all = learnSet(banking.all);
  const plain = accuracy(all.model, banking.all.test);
  const ten = learnSet(banking.ten);
  const noisy = learnSet(withWrongLabels(banking.all, 0.1));
  const hidden = QUARTERS.map((turn) => learnSet(hidingAQuarter(banking.all, turn)));
  const ofHidden = (what: (asked: Asked) => number) => mean(hidden.map(what));
  return [
    percent('accuracy, all rows', plain, 91.3),
    percent('accuracy, ten of each class', accuracy(ten.model, banking.ten.test), 75.5),
    percent('accuracy, five of each class', accuracy(learnSet(banking.five).model, banking.five.test), 64),
    percent('accepted, all rows', all.accepted),
    percent('  of these right', all.precision),
    percent('accepted, ten of each class', ten.accepted, 40),
    percent('  of these right', ten.precision, 93),
    percent('accuracy, 10 % wrong labels', accuracy(noisy.model, banking.all.test), 89),
    percent('accepted, 10 % wrong labels', noisy.accepted, 65),
    percent('  of these right', noisy.precision, 94),
    percent(
      'a quarter of the classes hidden: hidden ones rejected',
      ofHidden(({ rejected }) => rejected),
      60,
    ),
    percent(
      '  others accepted',
      ofHidden(({ accepted }) => accepted),
      88,
    ),
    percent(
      '  of these right',
      ofHidden(({ precision }) => precision),
      95,
    ),
    ...[0.1, 0.2].map((share) => {
      const lost = 100 * (plain - accuracy(all.model, withSlips(banking.all.test, share)));
      const what = `accuracy lost by slips in ${share * 100} % of the words`;
      return { what, value: lost, unit: 'points', goal: atMost(share === 0.1 ? 1.5 : 3.2) };
    }),
    percent('corrected tickets that get their corrected label', afterCorrections(), 95),
  ];
}

function ofClinc(): readonly Figure[] {
  const figures = (['full', 'small', 'imbalanced'] as const).map((size) => {
    const set = clincSet(folder ?? '', size);
    return { size, set, asked: learnSet(set) };
  });
  const goals = { full: 92.8, small: 91, imbalanced: 91.2 };
  const [full] = figures;
  return [
    ...figures.map(({ size, set, asked }) =>
      percent(`accuracy, ${size}`, accuracy(asked.model, set.test), goals[size]),
    ),
    percent(
      'full: known against unknown (AUROC)',
      full === undefined ? Number.NaN : auroc(full.asked.model, full.set),
      95.5,
    ),
    ...figures.flatMap(({ size, asked }) => [
      percent(`${size}: unknown rejected`, asked.rejected, size === 'full' ? 78 : undefined),
      percent('  known accepted', asked.accepted, size === 'full' ? 93 : undefined),
      percent('  of these right', asked.precision, size === 'full' ? 94.5 : undefined),
    ]),
  ];
}

interface Asked {
  model: LearnedModel;
  /** Shares, 0 to 1. */
  accepted: number;
  precision: number;
  rejected: number;
}

/** Learns a set at both promises, notes how each is kept, and tells of the usual one. */
function learnSet(set: TriageSet): Asked {
  const [usual] = PROMISES.map((promise) => {
    const asked = ask(modelOf(set, promise), set);
    if (asked.accepted * set.test.length >= FEWEST_ACCEPTED) noteShortfall(set, promise, asked);
    return asked;
  });
  if (usual === undefined) throw new Error('there is no promise');
  return usual;
}

function noteShortfall({ name }: TriageSet, promise: number, { precision }: Asked): void {
  const value = 100 * (promise - precision);
  shortfalls.push({ what: `${name}, ${promise * 100} % promised`, value, unit: 'points', goal: atMost(1.5) });
}

/** As a service has it: packed, and unpacked again. */
function modelOf(set: TriageSet, promise: number): LearnedModel {
  const learning = learn(asExamples(set.train), { promise });
  if (learning.kind === 'missing') throw new Error(`${set.name} is too small: ${JSON.stringify(learning.missing)}`);
  return unpackModel(packModel(learning.model));
}

function ask(model: LearnedModel, { test, unknown }: TriageSet): Asked {
  const answers = test.map((row) => ({ row, guesses: guess(model, row.text) }));
  const accepted = answers.filter(({ guesses }) => guesses.isSure);
  return {
    model,
    accepted: accepted.length / test.length,
    precision: accepted.filter(isRight).length / accepted.length,
    rejected: unknown.filter(({ text }) => !guess(model, text).isSure).length / unknown.length,
  };
}

function isRight({ row, guesses }: { row: Labelled; guesses: Guesses }): boolean {
  return guesses.categories[0]?.category === row.label;
}

function accuracy(model: LearnedModel, rows: readonly Labelled[]): number {
  return rows.filter((row) => isRight({ row, guesses: guess(model, row.text) })).length / rows.length;
}

/** How often a known text is held for surer than an unknown one: 0.5 for by chance. */
function auroc(model: LearnedModel, { test, unknown }: TriageSet): number {
  const sureness = ({ text }: Labelled) => guess(model, text).categories[0]?.confidence ?? 0;
  const ranked = [
    ...test.map((row) => [sureness(row), 1] as const),
    ...unknown.map((row) => [sureness(row), 0] as const),
  ];
  ranked.sort(([one], [other]) => one - other);
  const ranks = ranked.reduce((sum, [, isKnown], rank) => sum + isKnown * (rank + 1), 0);
  return (ranks - (test.length * (test.length + 1)) / 2) / (test.length * unknown.length);
}

/** People correct every hundredth ticket to another category, and all is learned anew. */
function afterCorrections(): number {
  const examples = asExamples(banking.all.train);
  const corrected = examples.map((example, index) => {
    const other = examples[(index * 7 + 13) % examples.length]?.category ?? '';
    return index % 100 === 0 && other !== example.category
      ? { ...example, category: other, isCorrected: true }
      : example;
  });
  const learning = learn(corrected, { promise: 0.95 });
  if (learning.kind === 'missing') return Number.NaN;
  const put = corrected.filter(({ isCorrected }) => isCorrected);
  const kept = put.filter(({ text, category }) => guess(learning.model, text).categories[0]?.category === category);
  return kept.length / put.length;
}

function ofCosts(): readonly Figure[] {
  const clinc = clincSet(folder ?? '', 'full');
  const sizes = [
    { rows: someOf(clinc.train, { count: 500, classes: 20 }), classes: 20, seconds: 0.5 },
    { rows: someOf(clinc.train, { count: 2_000, classes: 20 }), classes: 20, seconds: 2 },
    { rows: banking.all.train, classes: 77, seconds: 10 },
    { rows: clinc.train, classes: 150, seconds: 20 },
  ];
  const model = modelOf(banking.all, 0.95);
  const short = banking.all.test.map(({ text }) => text);
  const long = short.slice(0, 200).map((_, index) =>
    short
      .slice(index, index + 60)
      .join(' ')
      .slice(0, 2_000),
  );
  return [
    ...sizes.flatMap(({ rows, classes, seconds }) => {
      const what = `${rows.length.toLocaleString('en')} tickets of ${classes} categories`;
      const cost = costOfLearning(asExamples(rows));
      return [
        { what: `learning from ${what}`, value: cost.seconds, unit: 's', goal: atMost(seconds) },
        { what: '  delay of the main thread, p99', value: cost.delayMilliseconds, unit: 'ms', goal: atMost(50) },
        { what: '  most memory of the process', value: cost.megabytes, unit: 'MB', goal: atMost(400) },
        { what: '  the model, packed', value: cost.packed, unit: 'MB', ...(classes === 77 && { goal: atMost(3) }) },
      ];
    }),
    { what: 'a guess, short text, p95', value: p95(model, short), unit: 'ms', goal: atMost(2) },
    { what: 'a guess, 2,000 characters, p95', value: p95(model, long), unit: 'ms', goal: atMost(6) },
  ];
}

function p95(model: LearnedModel, texts: readonly string[]): number {
  const times = texts.map((text) => {
    const started = performance.now();
    guess(model, text);
    return performance.now() - started;
  });
  return quantile(times, 0.95);
}

function percent(what: string, share: number, least?: number): Figure {
  return { what, value: 100 * share, unit: '%', ...(least !== undefined && { goal: atLeast(least) }) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
