import type { ExitCode, Terminal } from '../terminal.ts';
import { type Asked, examine } from './examine.ts';
import { checkUpLines, summary } from './print.ts';

/** Looks at everything, says how it stands, and gives 1 when something keeps the desk from working. */
export async function runDoctor(terminal: Terminal, asked: Asked): Promise<ExitCode> {
  const isColoured = terminal.stdout.isTTY === true && (terminal.env['NO_COLOR'] ?? '') === '';
  const { mended, checkUps } = await examine(terminal, asked);
  if (mended.length > 0) {
    terminal.stdout.write(`Mended:\n${checkUpLines(mended, isColoured)}\n`);
  }
  terminal.stdout.write(checkUpLines(checkUps, isColoured));
  terminal.stdout.write(`\n${summary(checkUps)}`);
  return checkUps.some(({ sign }) => sign === 'error') ? 1 : 0;
}
