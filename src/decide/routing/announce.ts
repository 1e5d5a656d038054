import type { Turn } from '../turn.ts';

/** Tells somebody that a ticket is theirs: once for each assignment, also when a person made it. */
export function announceAssignment(turn: Turn, { by }: { by: string | null }): void {
  const { key, assignee, queue, assignmentCount } = turn.ticket;
  if (assignee === null) return;
  turn.send(
    {
      kind: 'notify',
      key: `assigned:${key}:${assignee}:${assignmentCount}`,
      notice: 'assigned',
      to: [assignee],
      params: by === null ? { Queue: queue } : { Queue: queue, 'Assigned by': by },
    },
    {
      stage: 'route',
      code: 'route.announced',
      params: { agent: assignee, queue, by },
      evidence: [],
      source: by === null ? { kind: 'policy', name: queue } : { kind: 'person', name: by },
    },
  );
}
