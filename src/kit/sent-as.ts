import type { z } from 'zod';
import type { RawRequest } from '../ports/channel.ts';
import { readBody } from './read-body.ts';

/** What was sent, where it has the shape that its sender describes; null where it has not. Never throws. */
export function sentAs<Schema extends z.ZodType>(
  schema: Schema,
  request: Pick<RawRequest, 'headers' | 'body'>,
): z.output<Schema> | null {
  try {
    const read = schema.safeParse(readBody(request).value);
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
