import type { CheckUp, Sign } from './check-up.ts';

const SIGNS: Readonly<Record<Sign, string>> = { good: '✓', advice: 'i', warning: '!', error: '✗' };

/** ANSI: green, blue, yellow, red. */
const COLOURS: Readonly<Record<Sign, number>> = { good: 32, advice: 34, warning: 33, error: 31 };

/** Each thing with its sign; what to do stands below it. */
export function checkUpLines(checkUps: readonly CheckUp[], isColoured: boolean): string {
  const width = Math.max(...checkUps.map(({ what }) => what.length)) + 2;
  const indent = ' '.repeat(width + 2);
  return checkUps
    .flatMap(({ what, sign, message, fix }) => [
      `${signOf(sign, isColoured)} ${what.padEnd(width)}${message}`,
      ...(fix === null ? [] : [`${indent}${fix}`]),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function signOf(sign: Sign, isColoured: boolean): string {
  return isColoured ? `\u001B[${COLOURS[sign]}m${SIGNS[sign]}\u001B[39m` : SIGNS[sign];
}

/** What it comes to. */
export function summary(checkUps: readonly CheckUp[]): string {
  const count = (sign: Sign) => checkUps.filter((each) => each.sign === sign).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (errors + warnings === 0) return 'All is well.\n';
  return `${countOf(errors, 'error')}, ${countOf(warnings, 'warning')}.\n`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
