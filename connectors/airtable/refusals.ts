import { Problem } from '../../src/domain/problem.ts';
import { type Cell, ROW_GONE, type RowWrite } from '../../src/ports/ticket-store.ts';
import type { Bound } from './cells.ts';
import type { AirtableProblem } from './problems.ts';
import type { Schema } from './schema.ts';

/** Airtable's word for a base that has as many records as its plan allows. */
const BASE_FULL = 'LIMIT_CHECK_FAILED';

/** The row is not in the table any more: it was looked for. */
export function rowGone(write: RowWrite): Problem {
  return new Problem({
    code: ROW_GONE,
    message: `The row of ${nameOf(write)} is no longer in the table.`,
    fix: 'Nothing is to be done if it was deleted on purpose; the ticket stays in Tabledesk, marked as detached.',
  });
}

/** A text that is longer than a cell can be. */
export function tooLong(write: RowWrite, { column }: Bound, longest: number): Problem {
  return new Problem({
    code: 'store.value-refused',
    message: `The text of "${column.title}" (${column.name}) of ${nameOf(write)} is longer than ${longest} characters.`,
    fix: 'Shorten it in the console; the row is then written again.',
  });
}

/** An option that the column does not offer, and that we may not or must not add. */
export function optionMissing(write: RowWrite, { field }: Bound, option: string): Problem {
  return new Problem({
    code: 'airtable.option-missing',
    message: `The column "${field.name}" has no option "${option}", which ${nameOf(write)} needs.`,
    fix: 'Add the option in Airtable, or run `npx tabledesk doctor --fix` with a token that has schema.bases:write.',
  });
}

/** What Airtable refused when the row stood alone. Its own sentence may hold customers' words, so ours is said. */
export function rowRefused(write: RowWrite, error: AirtableProblem, { bound }: Schema): Problem {
  const { type, message, status } = error.answer;
  if (type === BASE_FULL) return baseFull(write);
  const found = [...bound.values()].find(
    ({ field }) => message.includes(`"${field.name}"`) || message.includes(field.id),
  );
  const reason = type === '' ? String(status) : type;
  if (found === undefined) {
    return new Problem({
      code: 'airtable.row-refused',
      message: `Airtable refuses the row of ${nameOf(write)} (${reason}) and does not say for which column.`,
      fix: 'Run `npx tabledesk doctor`; if it finds nothing wrong with the table, please report this message.',
    });
  }
  return new Problem({
    code: 'store.value-refused',
    message: `The column "${found.field.name}" does not take ${shown(found, write)} of ${nameOf(write)} (${reason}).`,
    fix: `Check that the column is of the type that \`npx tabledesk doctor\` expects, and that the token's owner may edit it.`,
  });
}

function baseFull(write: RowWrite): Problem {
  return new Problem({
    code: 'airtable.base-full',
    message: `The base has as many records as its plan allows, so ${nameOf(write)} got no row.`,
    fix: 'Move closed tickets into another base, or take a larger plan; then write the refused rows again from the console.',
  });
}

/** By its number, where it has one to tell: people know no keys. */
function nameOf({ key, cells }: RowWrite): string {
  return typeof cells['number'] === 'number' ? `ticket ${cells['number']}` : `the ticket with the key ${key}`;
}

/** Texts are customers' own and stay out of messages. */
function shown({ column }: Bound, { cells }: RowWrite): string {
  const cell: Cell = cells[column.name] ?? null;
  if (column.type.kind === 'line' || column.type.kind === 'text' || column.type.kind === 'email') return 'the text';
  return `the value ${JSON.stringify(cell)}`;
}
