import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { EXPORTS, type ExportId } from '../reports/export/export.ts';
import { EXPORT_FORMATS, type ExportFormatId } from '../reports/export/formats.ts';
import { type Span, spanBetween } from '../reports/span.ts';
import type { MakeCommand, Terminal } from './terminal.ts';

interface Options {
  format: ExportFormatId;
  from?: string;
  to?: string;
  folder?: string;
}

/** Takes out what the desk knows, for spreadsheets and other tools. */
export const exportCommand: MakeCommand = (terminal) =>
  new Command('export')
    .description('print tickets, stays, decisions, messages or figures as CSV or JSON lines')
    .addArgument(new Argument('[what]', 'left out, all of them, each into a file').choices(EXPORTS))
    .addOption(new Option('--format <format>', 'how').choices(Object.keys(EXPORT_FORMATS)).default('csv'))
    .option('--from <day>', 'the first day, as 2026-01-01', dayOf)
    .option('--to <day>', 'the last day; with --from', dayOf)
    .option('--folder <folder>', 'write files into this folder, with the playbook beside them')
    .action(async (what: ExportId | undefined, options: Options, command: Command) => {
      if (what === undefined && options.folder === undefined)
        return command.error(`error: say what to print (${EXPORTS.join(', ')}), or give --folder for all of them`);
      if ((options.from === undefined) !== (options.to === undefined))
        return command.error('error: --from and --to go together');
      if (options.from !== undefined && spanBetween(options.from, options.to ?? '', 'UTC') === null)
        return command.error('error: --from is a day before --to, or the same, at most three years before it');
      return takeOut(what === undefined ? EXPORTS : [what], options, terminal);
    });

function dayOf(written: string): string {
  if (spanBetween(written, written, 'UTC') === null) throw new InvalidArgumentError('A day is written as 2026-01-31.');
  return written;
}

async function takeOut(all: readonly ExportId[], options: Options, terminal: Terminal): Promise<void> {
  const [{ realTime }, { readDesk, readPieces, readReport }, { exportText }, playbook] = await Promise.all([
    import('../main.ts'),
    import('./report/report-reader.ts'),
    import('../reports/export/export.ts'),
    import('./report/playbook.ts'),
  ]);
  const { environment, config } = await readDesk(terminal);
  const { timeZone } = config.policy.desk;
  const { format, folder, from = '', to = '' } = options;
  const span = spanBetween(from, to, timeZone);
  const asked = { format, span, among: {}, timeZone, now: realTime() };
  const piecesOf = (what: ExportId) =>
    readPieces(environment, {
      read: (queries) => exportText(queries, { ...asked, what }),
      address: addressOf(what, asked),
    });
  if (folder === undefined) {
    for (const what of all) for await (const piece of piecesOf(what)) terminal.stdout.write(piece);
    return;
  }
  await mkdir(folder, { recursive: true });
  for (const what of all) await write(join(folder, `${what}.${format}`), piecesOf(what), terminal);
  if (all.length === 1) return;
  const text = await readReport(environment, playbook.playbookSource(config, asked.now));
  await write(join(folder, 'playbook.md'), [text], terminal);
}

async function write(
  file: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  terminal: Terminal,
): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(file));
  terminal.stdout.write(`${file}\n`);
}

/** Where the service has the same. */
function addressOf(what: ExportId, { format, span }: { format: ExportFormatId; span: Span | null }): string {
  const days = span === null ? '' : `&from=${span.from.toString()}&to=${span.until.subtract({ days: 1 }).toString()}`;
  return `/api/export/${what}?format=${format}${days}`;
}
