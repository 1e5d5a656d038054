import { Problem } from '../../src/domain/problem.ts';
import type { Column } from '../../src/ports/ticket-store.ts';
import { isRefusal } from './problems.ts';
import { offeredOptions, propertyFor } from './properties.ts';

/** What is known of the workspace when a property is made. */
interface Workspace {
  /** Whether everybody whom the column can name is a member. */
  isOfPeople: boolean;
  /** Whether a status of Notion's own can be made. */
  hasStatus: boolean;
}

/**
 * Makes what holds these columns. Notion lets programs make a status since 2026 alone, and nobody says that it does
 * so everywhere: where it refuses, a select serves as well.
 *
 * @throws Problem of `make`
 */
export async function withStatus<Result>(
  columns: readonly Column[],
  make: (hasStatus: boolean) => Promise<Result>,
): Promise<Result> {
  try {
    return await make(true);
  } catch (error) {
    const reason = error instanceof Problem && error.cause !== undefined ? error.cause : error;
    if (!isRefusal(reason) || !columns.some(isStatus)) throw error;
    return make(false);
  }
}

/** A property as Notion is told to make it. */
export function newProperty(column: Column, { isOfPeople, hasStatus }: Workspace): Record<string, unknown> {
  if (hasStatus || !isStatus(column)) return propertyFor(column, isOfPeople);
  return { description: column.description, select: { options: offeredOptions(column).map((name) => ({ name })) } };
}

function isStatus(column: Column): boolean {
  return 'status' in propertyFor(column, false);
}
