import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Example } from '../../src/knowledge/classifier/index.ts';
import { createChance } from '../../test/support/chance.ts';
import { type Labelled, readBanking77 } from './banking77.ts';

/** What is learned from, what is asked, and what is asked though it belongs nowhere. */
export interface TriageSet {
  name: string;
  /** The seed of whatever was drawn, and of the order in which it is learned. */
  draw: number;
  train: readonly Labelled[];
  test: readonly Labelled[];
  unknown: readonly Labelled[];
}

const Rows = z.array(z.tuple([z.string(), z.string()]).transform(([text, label]) => ({ text, label })));
const Clinc = z.object({ train: Rows, test: Rows, oos_test: Rows });
const Splits = z.object({ train_5: z.array(z.int()), train_10: z.array(z.int()) });

/** Banking77 whole, and the public draws of five and ten texts of each class. */
export function bankingSets(folder: string): Record<'all' | 'five' | 'ten', TriageSet> {
  const train = readBanking77(join(folder, 'banking77_train.csv.gz'));
  const test = readBanking77(join(folder, 'banking77_test.csv.gz'));
  const splits = Splits.parse(JSON.parse(readFileSync(join(folder, 'banking77_splits.json'), 'utf8')));
  const drawn = (rows: readonly number[]) => rows.flatMap((row) => train[row] ?? []);
  const set = (name: string, learned: readonly Labelled[]) => ({ name, draw: 1, train: learned, test, unknown: [] });
  return {
    all: set('Banking77', train),
    ten: set('Banking77, ten of each', drawn(splits.train_10)),
    five: set('Banking77, five of each', drawn(splits.train_5)),
  };
}

/** CLINC150 in one of its sizes; its texts of no class are asked and never learned from. */
export function clincSet(folder: string, size: 'full' | 'small' | 'imbalanced'): TriageSet {
  const packed = readFileSync(join(folder, `clinc150_${size}.json.gz`));
  const { train, test, oos_test: unknown } = Clinc.parse(JSON.parse(gunzipSync(packed).toString('utf8')));
  return { name: `CLINC150 ${size}`, draw: 1, train, test, unknown };
}

/** So many texts of each class are learned, whichever. */
export function fewOf({ name, train, ...rest }: TriageSet, count: number): TriageSet {
  const byClass = Map.groupBy(shuffled(train, rest.draw), ({ label }) => label);
  const few = [...byClass.values()].flatMap((rows) => rows.slice(0, count));
  return { ...rest, name: `${name}, any ${count} of each`, train: few };
}

/** A quarter of the classes, whichever, is not learned, and what is asked of it is unknown. */
export function hidingAQuarter({ name, draw, train, test }: TriageSet): TriageSet {
  const classes = shuffled(classesOf(train), draw);
  const hidden = new Set(classes.slice(0, Math.round(classes.length / 4)));
  const isHidden = ({ label }: Labelled) => hidden.has(label);
  const isShown = (row: Labelled) => !isHidden(row);
  return {
    name: `${name}, a quarter hidden`,
    draw,
    train: train.filter(isShown),
    test: test.filter(isShown),
    unknown: test.filter(isHidden),
  };
}

/** So much of what is learned from bears the label of another class, whichever. */
export function withWrongLabels({ name, train, ...rest }: TriageSet, share: number): TriageSet {
  const random = createChance(rest.draw);
  const classes = classesOf(train);
  const wrong = (row: Labelled) => {
    const others = classes.filter((each) => each !== row.label);
    return { ...row, label: others[Math.floor(random() * others.length)] ?? row.label };
  };
  const mislabelled = train.map((row) => (random() < share ? wrong(row) : row));
  return { ...rest, name: `${name}, ${share * 100} % wrong labels`, train: mislabelled };
}

/** In so much of the words that are asked, one letter is left out, doubled, changed, or swapped with the next. */
export function withSlips(rows: readonly Labelled[], share: number): readonly Labelled[] {
  const random = createChance(21);
  const slipped = (word: string) => (word.length > 1 && random() < share ? slip(word, random) : word);
  return rows.map(({ text, label }) => ({ label, text: text.replaceAll(/\S+/g, slipped) }));
}

function slip(word: string, random: () => number): string {
  const at = Math.floor(random() * (word.length - 1));
  const [before, here, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
  const letter = String.fromCodePoint(97 + Math.floor(random() * 26));
  const slips = [before + next + after, before + here + here + next + after, before + letter + next + after];
  return [...slips, before + next + here + after][Math.floor(random() * 4)] ?? word;
}

/** The first rows of so many classes, as many of each as fit. */
export function someOf(rows: readonly Labelled[], { count, classes }: { count: number; classes: number }) {
  const chosen = classesOf(rows).slice(0, classes);
  return chosen
    .flatMap((label) => rows.filter((row) => row.label === label).slice(0, Math.ceil(count / classes)))
    .slice(0, count);
}

/** In an order of their own, numbered as tickets. */
export function asExamples({ train, draw }: Pick<TriageSet, 'train' | 'draw'>): readonly Example[] {
  return shuffled(train, draw).map(({ text, label }, index) => ({
    ticket: index + 1,
    text,
    category: label,
    isCorrected: false,
  }));
}

function shuffled<T>(all: readonly T[], seed: number): readonly T[] {
  const chance = createChance(seed);
  return all
    .map((each) => ({ each, place: chance() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ each }) => each);
}

function classesOf(rows: readonly Labelled[]): readonly string[] {
  return [...new Set(rows.map(({ label }) => label))].sort();
}
