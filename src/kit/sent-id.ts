import type { RawRequest } from '../ports/channel.ts';
import { answerAt } from './answers.ts';
import { readBody } from './read-body.ts';

/** What stands at a dotted path of a body, to name a delivery by; null when nothing does, or the body cannot be read. */
export function sentId(request: Pick<RawRequest, 'headers' | 'body'>, path: string): string | null {
  try {
    return answerAt(readBody(request).value, path);
  } catch {
    return null;
  }
}
