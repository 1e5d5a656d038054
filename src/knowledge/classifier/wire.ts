import { z } from 'zod';

/** Bytes of another version are not read: the model is learned anew. */
export const VERSION = 1;

/** What stands before the numbers of a packed model. */
export const Head = z.strictObject({
  version: z.literal(VERSION),
  categories: z.array(z.string()).min(1),
  isAccepted: z.array(z.boolean()),
  corrected: z.array(z.tuple([z.string(), z.int().nonnegative()])),
  unseen: z.number(),
  threshold: z.number(),
  /** What the byte 255 of a likeness stands for. */
  largest: z.number(),
  chance: z.strictObject({
    means: z.array(z.number()),
    deviations: z.array(z.number()),
    weights: z.array(z.number()),
  }),
  /** Whose vectors were learned from; left out where words stand alone. */
  space: z.string().optional(),
  /** Of each part behind the head, how many bytes it has; the last three are there for vectors. */
  parts: z.array(z.int().nonnegative()).min(9).max(12),
});
export type WrittenHead = z.input<typeof Head>;
