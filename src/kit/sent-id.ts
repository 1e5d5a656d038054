import type { RawRequest } from '../ports/channel.ts';
import { answerAt } from './answers.ts';
import type { Json } from './json-value.ts';
import { readBody } from './read-body.ts';

/** What a body says, at the door, where nothing is known of it yet; null when it cannot be read. */
export function bodyIn(request: Pick<RawRequest, 'headers' | 'body'>): Json {
  try {
    return readBody(request).value;
  } catch {
    return null;
  }
}

/** What stands at a dotted path of a body, to name a delivery by; null when nothing does, or the body cannot be read. */
export function sentId(request: Pick<RawRequest, 'headers' | 'body'>, path: string): string | null {
  return answerAt(bodyIn(request), path);
}
