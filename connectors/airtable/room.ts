import Airtable from 'airtable';
import type { Environment } from '../../src/kit/connector.ts';
import { isGood, Refused } from './http-answer.ts';
import { tokenMissing } from './problems.ts';

/** The package's one sound way to the API: `makeRequest`, with errors that keep what was said. */
export class Room extends Airtable.Base {
  override _checkStatusForError(statusCode: number, body?: unknown): Refused | null {
    return isGood(statusCode) ? null : new Refused(statusCode, body);
  }
}

interface RoomGiven {
  environment: Environment;
  /** Without a slash at its end. */
  endpointUrl: string;
  timeoutSeconds: number;
}

/**
 * Opens the way to what stands under `/v0/<name>`.
 *
 * @throws Problem `airtable.token-missing`
 */
export function openRoom(name: string, given: RoomGiven): Room {
  const { AIRTABLE_TOKEN: apiKey } = given.environment;
  if (!apiKey) throw tokenMissing();
  const airtable = new Airtable({
    apiKey,
    endpointUrl: given.endpointUrl,
    // Else a 429 is tried again for ever, within the very pause that Airtable asks for.
    noRetryIfRateLimited: true,
    requestTimeout: given.timeoutSeconds * 1000,
  });
  return new Room(airtable, name);
}
