const DELIMITERS = [',', ';', '\t'];

/** A row of a CSV file, with the line on which it begins, from 1. */
export interface CsvRow {
  line: number;
  cells: readonly string[];
}

/**
 * The rows of a CSV file as RFC 4180 has them: in quotes may stand anything, a quote twice. Cells may be parted by
 * commas, semicolons or tabs. Rows without a cell are left out.
 */
export function csvRows(csv: string): readonly CsvRow[] {
  const text = csv.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  let [line, begin] = [1, 1];
  let cells: string[] = [];
  const between = delimiter === '\t' ? '\\t' : delimiter;
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"[^${between}\\r\\n]*|([^${between}\\r\\n]*))(${between}|\\r?\\n|\\r|$)`,
    'gy',
  );
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    const [all, quoted, plain = '', end] = found;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += all.match(/\r?\n|\r/g)?.length ?? 0;
    if (end === delimiter) continue;
    if (cells.some((each) => each !== '')) rows.push({ line: begin, cells });
    [cells, begin] = [[], line];
    if (end === '') break;
  }
  return rows;
}

/** The one that stands most often in the first line. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const times = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.toSorted((one, other) => times(other) - times(one))[0] ?? ',';
}
