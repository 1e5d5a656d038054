import { z } from 'zod';
import type { Json } from './json-value.ts';

/** Whatever stands there, in a body that was read as JSON already: to look through it once more would find nothing new. */
export const AnyJson = z.custom<Json>((value) => value !== undefined);
