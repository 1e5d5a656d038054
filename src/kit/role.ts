/** What a process of the service is there for; `all` where there is one, or each does everything. */
export const ROLES = ['all', 'web', 'worker', 'sweeps'] as const;
export type Role = (typeof ROLES)[number];
