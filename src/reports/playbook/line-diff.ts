import { diff } from 'node:util';
import type { Files } from './rule-place.ts';

/** Lines around a change that are shown with it. */
const AROUND = 3;

/** Beyond so many lines that differ the shortest way from one text to the other takes long, and reads no better. */
const MOST_COMPARED = 1500;

/** One line of two texts, with its number in each; null where that text has it not. */
export interface DiffLine {
  before: number | null;
  after: number | null;
  text: string;
}

/** Lines that stand together: those that changed, and some around them. */
export interface FileDiff {
  file: string;
  kind: 'added' | 'removed' | 'changed';
  added: number;
  removed: number;
  hunks: readonly (readonly DiffLine[])[];
}

/** What changed between two versions of a config, file by file. */
export function diffOfFiles(before: Files, after: Files): readonly FileDiff[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names
    .filter((file) => before[file] !== after[file])
    .map((file) => {
      const lines = diffOfLines(before[file] ?? null, after[file] ?? null);
      const kind = before[file] === undefined ? 'added' : after[file] === undefined ? 'removed' : 'changed';
      const added = lines.filter((line) => line.before === null).length;
      const removed = lines.filter((line) => line.after === null).length;
      return { file, kind, added, removed, hunks: hunksOf(lines) };
    });
}

function diffOfLines(before: string | null, after: string | null): readonly DiffLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const head = sameAtStart(old, fresh);
  const tail = sameAtStart(old.slice(head).reverse(), fresh.slice(head).reverse());
  const [oldMiddle, freshMiddle] = [old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)];
  const steps = [
    ...old.slice(0, head).map((text) => [0, text] as const),
    ...stepsBetween(oldMiddle, freshMiddle),
    ...old.slice(old.length - tail).map((text) => [0, text] as const),
  ];
  const at = { before: 0, after: 0 };
  return steps.map(([sign, text]) => ({
    before: sign >= 0 ? (at.before += 1) : null,
    after: sign <= 0 ? (at.after += 1) : null,
    text,
  }));
}

/** 1 for what only the first has, -1 for what only the second has, as Node says it. */
function stepsBetween(old: readonly string[], fresh: readonly string[]): readonly (readonly [number, string])[] {
  if (old.length + fresh.length > MOST_COMPARED) {
    return [...old.map((text) => [1, text] as const), ...fresh.map((text) => [-1, text] as const)];
  }
  return diff([...old], [...fresh]).map(([sign, text]) => [sign, text] as const);
}

function linesOf(text: string | null): string[] {
  if (text === null || text === '') return [];
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function sameAtStart(one: readonly string[], other: readonly string[]): number {
  const length = one.findIndex((line, index) => line !== other[index]);
  return length < 0 ? Math.min(one.length, other.length) : length;
}

function hunksOf(lines: readonly DiffLine[]): readonly (readonly DiffLine[])[] {
  const near = new Set(
    lines.flatMap((line, index) => {
      const isChange = line.before === null || line.after === null;
      return isChange ? Array.from({ length: 2 * AROUND + 1 }, (_, offset) => index - AROUND + offset) : [];
    }),
  );
  const hunks: DiffLine[][] = [];
  lines.forEach((line, index) => {
    if (!near.has(index)) return;
    if (!near.has(index - 1) || hunks.length === 0) hunks.push([]);
    hunks.at(-1)?.push(line);
  });
  return hunks;
}
