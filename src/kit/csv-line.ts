/**
 * Where a spreadsheet may see a formula begin (OWASP, CSV injection): at the beginning of a cell; and within one after a
 * semicolon, a tab or the end of a line, as Excel parts cells by semicolons in half of Europe, and takes our quotes for
 * letters then.
 */
const FORMULA = /^(?=[\t\r])|(?<=^|[;\t\r\n])(?=(?:[^\S\r\n]|")*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;

/**
 * A line of a CSV file as RFC 4180 has it, with its end. Text that a spreadsheet would calculate gets an apostrophe
 * before it: what strangers wrote is shown there and never run. Numbers are left as they are.
 */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = value.replaceAll(FORMULA, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
