import { z } from 'zod';
import { badRequest } from '../refusal.ts';

/** Query parameters are text; in a body they are what they are. */
export const Count = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d+$/)
    .transform((digits) => Number(digits)),
]);

export const Flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);

/** Pages hold up to 100, and 100 where nothing is said (section 2). */
export const PageSize = Count.pipe(z.int().min(1).max(100)).default(100);

/** @throws Refusal 422 for a parameter too many, one too few or a wrong one */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw badRequest();
  return result.data;
}

/** @throws Refusal 422 where a query has any parameter */
export function expectNoQuery(query: Readonly<Record<string, unknown>>): void {
  parsed(z.strictObject({}), query);
}
