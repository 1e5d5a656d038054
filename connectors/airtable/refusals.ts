import { Problem } from '../../src/domain/problem.ts';
import { rowName, shownCell } from '../../src/kit/store/row-refusals.ts';
import type { RowWrite } from '../../src/ports/ticket-store.ts';
import type { Bound } from './cells.ts';
import type { AirtableProblem } from './problems.ts';
import type { Schema } from './schema.ts';

/** Airtable's word for a base that has as many records as its plan allows. */
const BASE_FULL = 'LIMIT_CHECK_FAILED';

/** An option that the column does not offer, and that we may not or must not add. */
export function optionMissing(write: RowWrite, { field }: Bound, option: string): Problem {
  return new Problem({
    code: 'airtable.option-missing',
    message: `The column "${field.name}" has no option "${option}", which ${rowName(write)} needs.`,
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
      message: `Airtable refuses the row of ${rowName(write)} (${reason}) and does not say for which column.`,
      fix: 'Run `npx tabledesk doctor`; if it finds nothing wrong with the table, please report this message.',
    });
  }
  return new Problem({
    code: 'store.value-refused',
    message: `The column "${found.field.name}" does not take ${shownCell(write, found.column)} of ${rowName(write)} (${reason}).`,
    fix: `Check that the column is of the type that \`npx tabledesk doctor\` expects, and that the token's owner may edit it.`,
  });
}

function baseFull(write: RowWrite): Problem {
  return new Problem({
    code: 'airtable.base-full',
    message: `The base has as many records as its plan allows, so ${rowName(write)} got no row.`,
    fix: 'Move closed tickets into another base, or take a larger plan; then write the refused rows again from the console.',
  });
}
