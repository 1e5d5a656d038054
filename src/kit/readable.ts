import { Problem } from '../domain/problem.ts';
import type { Parsed } from '../ports/channel.ts';

/**
 * Runs a channel's reading so that it never throws: a request that cannot be understood goes to lost and
 * found with the reason, and never stops the ones behind it.
 */
export function readable(read: () => Parsed): Parsed {
  try {
    return read();
  } catch (error) {
    return unreadable(error);
  }
}

/** The same of a reading that takes its time. */
export async function readableLater(read: () => Promise<Parsed>): Promise<Parsed> {
  try {
    return await read();
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): Parsed {
  return { kind: 'unreadable', problem: error instanceof Problem ? error : unexpected(error) };
}

/** The problem of a request in which nobody wrote anything. */
export function emptyRequest(): Problem {
  return new Problem({
    code: 'request.empty',
    message: 'The request has nothing in it to make a ticket of.',
    fix: 'Look at what the sending form or system fills in.',
  });
}

function unexpected(cause: unknown): Problem {
  return new Problem(
    {
      code: 'request.unreadable',
      message: `The request could not be read: ${cause instanceof Error ? cause.name : 'something'} was thrown.`,
      fix: 'Please report this, with a sample of the request from which names and addresses are removed.',
    },
    { cause },
  );
}
