import { Problem } from '../../src/domain/problem.ts';
import { rowName, shownCell } from '../../src/kit/store/row-refusals.ts';
import type { RowWrite } from '../../src/ports/ticket-store.ts';
import type { Bound } from './cells.ts';
import type { NotionProblem } from './problems.ts';
import { SURE_SECONDS } from './recent-pages.ts';
import type { Schema } from './schema.ts';

/** How long no page is made once Notion has refused one for want of blocks; then one asks for all. */
export const BLOCKS_SPENT_SECONDS = 900;

/** An option that the property does not offer, and that we may not or must not add. */
export function optionMissing(write: RowWrite, { field }: Bound, option: string): Problem {
  return new Problem({
    code: 'notion.option-missing',
    message: `The property "${field.name}" has no option "${option}", which ${rowName(write)} needs.`,
    fix: 'Add the option in Notion, or run `npx tabledesk doctor --fix` with a connection that may update content.',
  });
}

/** No page can be made until somebody pays; what is there is written all the same. */
export function noBlocksLeft(write: RowWrite): Problem {
  return new Problem({
    code: 'notion.block-limit',
    message: `The workspace has used all the blocks of its plan, so ${rowName(write)} has no row yet.`,
    fix: 'Take a paid plan, which has no such limit; the row is made within a quarter of an hour then. Deleting pages gives no blocks back.',
    retry: { afterSeconds: BLOCKS_SPENT_SECONDS },
  });
}

/** The answer to the making of a page was lost, or said nothing. */
export function maybeMade(write: RowWrite, { answer: { status } }: NotionProblem): Problem {
  const answer = status === 0 ? 'no answer came' : `the answer was ${status}`;
  return new Problem({
    code: 'notion.maybe-made',
    message: `Nobody knows whether Notion made the row of ${rowName(write)}: ${answer}.`,
    fix: 'Nothing is to be done: the row is looked for by its key, and made if it is not there.',
    retry: { afterSeconds: SURE_SECONDS },
  });
}

/** The same of a row of a table beside the tickets'. */
export function maybeAdded(table: string, { answer: { status } }: NotionProblem): Problem {
  return new Problem({
    code: 'notion.maybe-made',
    message: `Nobody knows whether Notion added a row to the database "${table}": ${status === 0 ? 'no answer came' : `the answer was ${status}`}.`,
    fix: 'Nothing is to be done: the row is looked for by its key, and added if it is not there.',
    retry: { afterSeconds: SURE_SECONDS },
  });
}

/** What Notion refused. Its own sentence may hold customers' words, so ours is said. */
export function rowRefused(write: RowWrite, error: NotionProblem, { bound }: Schema): Problem {
  const { code, message, status } = error.answer;
  const found = [...bound.values()].find(({ field: { id, name } }) => {
    return message.includes(`properties.${id}.`) || message.includes(`properties.${name}.`) || message.startsWith(name);
  });
  const reason = code === '' ? String(status) : code;
  if (found === undefined) {
    return new Problem({
      code: 'notion.row-refused',
      message: `Notion refuses the row of ${rowName(write)} (${reason}) and does not say for which property.`,
      fix: 'Run `npx tabledesk doctor`; if it finds nothing wrong with the database, please report this message.',
    });
  }
  return new Problem({
    code: 'store.value-refused',
    message: `The property "${found.field.name}" does not take ${shownCell(write, found.column)} of ${rowName(write)} (${reason}).`,
    fix: 'Check that the property is of the type that `npx tabledesk doctor` expects.',
  });
}
