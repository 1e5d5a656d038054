/** What somebody may do here, from least to most: a viewer reads, an agent works tickets, an admin does everything. */
export const ACCESSES = ['viewer', 'agent', 'admin'] as const;
export type Access = (typeof ACCESSES)[number];

/** Whether somebody may do what asks for at least so much. */
export function isEnough(access: Access, least: Access): boolean {
  return ACCESSES.indexOf(access) >= ACCESSES.indexOf(least);
}
