import { percent } from '../../domain/opinion.ts';
import { ticketName } from '../../domain/ticket.ts';
import type { CategoryReport, Confusing, LearningReport } from '../../knowledge/classifier/index.ts';
import type { LearningState } from '../../knowledge/learning/index.ts';
import { endingWords, proposalWords, vectorsWords } from '../../knowledge/learning/words.ts';

/** So many tickets are named in a line. */
const MOST_NAMED = 20;

export interface Printed {
  report: LearningReport;
  /** 0.8 to 0.99. */
  promise: number;
  /** Above 1 where it never counts. */
  threshold: number;
  /** How people call a ticket. */
  nameOf(ticket: number): string;
}

/** The same of a desk, with what came of it, what vectors are worth, and what there is to suggest. */
export function deskText(state: LearningState, prefix: string): string {
  const { model, ending, proposals } = state;
  const isTold = model !== null && ending?.kind !== 'missing';
  const parts = [
    isTold ? reportText({ ...model, nameOf: (number) => ticketName(prefix, number) }) : null,
    ...[isTold ? vectorsWords(state) : null, endingWords(state)].map((words) => (words === null ? null : `${words}\n`)),
    proposals.map((each) => `${proposalWords(each)}\n`).join('') || null,
  ];
  return parts.filter((part) => part !== null).join('\n');
}

/** What was learned and what it is worth, as a terminal shows it. */
export function reportText(printed: Printed): string {
  const { report, promise } = printed;
  const { tickets, categories, precision, coverage, accuracy, wrongLabels } = report;
  const lines = [
    `Learned from ${countOf(tickets, 'ticket')} in ${countOf(categories.length, 'category', 'categories')}; ${percent(promise)} of its answers are to be right.`,
    '',
    'Measured on tickets that it had not seen:',
    `  ${shareOf(coverage)}  of the tickets it would place by itself, ${thresholdWords(printed)}`,
    `  ${shareOf(coverage === 0 ? null : precision)}  of those are right`,
    `  ${shareOf(accuracy)}  would be right if it placed all`,
    `  ${shareOf(wrongLabels)}  of the categories given by people look wrong`,
    '',
    ...table(categories),
    ...confusing(printed),
    ...leftOut(printed),
  ];
  return `${lines.join('\n')}\n`;
}

function thresholdWords({ threshold }: Printed): string {
  return threshold > 1 ? 'as it is never sure enough' : `being ${percent(threshold)} sure or more`;
}

function table(categories: readonly CategoryReport[]): string[] {
  const rows = categories
    .toSorted((one, other) => other.tickets - one.tickets)
    .map(({ category, tickets, precision, coverage, confusedWith }) => [
      category,
      tickets.toLocaleString('en-GB'),
      shareOf(precision).trim(),
      shareOf(coverage).trim(),
      confusedWith === null ? '' : `${confusedWith.category} (${confusedWith.tickets})`,
    ]);
  const all = [['Category', 'Tickets', 'Right', 'By itself', 'Taken for'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const isFigure = (column: number) => column > 0 && column < 4;
  return all.map((row) =>
    row
      .map((cell, column) => (isFigure(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function confusing({ report, nameOf }: Printed): string[] {
  if (report.confusing.length === 0) return [];
  const line = ({ ticket, category, said, confidence, text }: Confusing) =>
    `  ${nameOf(ticket)}  is ${category}, and it says ${said} (${percent(confidence)}): ${text.replaceAll(/\s+/g, ' ')}`;
  return ['', 'What confuses it, the surest mistakes first:', ...report.confusing.map(line)];
}

function leftOut({ report: { leftOut: all }, nameOf }: Printed): string[] {
  if (all.length === 0) return [];
  const named = all.slice(0, MOST_NAMED).map(nameOf).join(', ');
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
  return ['', `Not learned from, as their category looks wrong: ${named}${more}`];
}

function shareOf(share: number | null): string {
  return (share === null ? '–' : percent(share)).padStart(5);
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
