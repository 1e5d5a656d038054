import { z } from 'zod';

/** A text that is JSON, as what is in it; pipe it into what that is to be. */
export const JsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ message: 'must be JSON', code: 'custom' });
    return z.NEVER;
  }
});
