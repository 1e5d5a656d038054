import { describe, expect, it } from 'vitest';
import { pickFrom } from '../../../src/decide/routing/pick.ts';
import type { Candidate } from '../../../src/decide/routing/shortlist.ts';
import type { Agent } from '../../../src/domain/person.ts';
import type { Queue } from '../../../src/domain/queue.ts';
import { anAgent, aQueue, MORNING } from '../../support/builders.ts';

function candidate(name: string, given: Partial<Omit<Candidate, 'person'>> & Partial<Agent> = {}): Candidate {
  const { open = 0, lastAssignedAt = null, ...rest } = given;
  const agent = anAgent({ name, ...rest });
  return { person: { agent, skills: new Set(agent.skills), off: [] }, open, lastAssignedAt };
}

function picked(candidates: readonly Candidate[], queue: Partial<Queue>, preferredSkills: readonly string[] = []) {
  const pick = pickFrom(candidates, { queue: aQueue(queue), preferredSkills });
  return pick === null ? null : [pick.candidate.person.agent.name, pick.tieBreak];
}

function minutesAgo(minutes: number): Temporal.Instant {
  return MORNING.subtract({ minutes });
}

describe('nobody', () => {
  it('is picked from nobody', () => {
    expect(picked([], {})).toBeNull();
  });
});

describe('round robin', () => {
  it('takes who never had a ticket first, then who waited longest', () => {
    const ana = candidate('Ana', { lastAssignedAt: minutesAgo(5) });
    const ben = candidate('Ben', { lastAssignedAt: minutesAgo(9), open: 7 });
    expect(picked([ana, ben, candidate('Cy')], {})).toEqual(['Cy', null]);
    expect(picked([ana, ben], {})).toEqual(['Ben', null]);
  });

  it('takes the fewest open at the same moment, and the order of members after that', () => {
    const lastAssignedAt = minutesAgo(1);
    const ana = candidate('Ana', { lastAssignedAt, open: 3 });
    const ben = candidate('Ben', { lastAssignedAt, open: 2 });
    const cy = candidate('Cy', { lastAssignedAt, open: 2 });
    expect(picked([ana, ben], {})).toEqual(['Ben', 'fewest_open']);
    expect(picked([ana, cy, ben], {})).toEqual(['Cy', 'order_of_members']);
  });
});

describe('load', () => {
  it('breaks a tie by who waited longest', () => {
    const ana = candidate('Ana', { cap: 4, open: 2, lastAssignedAt: minutesAgo(1) });
    const ben = candidate('Ben', { cap: 2, open: 1, lastAssignedAt: minutesAgo(9) });
    expect(picked([ana, ben], { method: 'load' })).toEqual(['Ben', 'least_recently_assigned']);
  });

  it('compares people without a cap by their open tickets', () => {
    const people = [candidate('Ana', { open: 3 }), candidate('Ben', { open: 2 })];
    expect(picked(people, { method: 'load' })).toEqual(['Ben', null]);
    expect(picked(people, { method: 'load', loadBy: 'count' })).toEqual(['Ben', null]);
  });

  it('does not give everything to the one without a cap', () => {
    const people = [candidate('Ana', { cap: 10, open: 2 }), candidate('Ben', { cap: null, open: 3 })];
    expect(picked(people, { method: 'load' })).toEqual(['Ana', null]);
    expect(picked(people, { method: 'load', loadBy: 'count' })).toEqual(['Ana', null]);
  });
});

describe('weighted', () => {
  it('gives by weight: two to one', () => {
    const open = { Ana: 0, Ben: 0 };
    const order: string[] = [];
    for (let ticket = 0; ticket < 9; ticket++) {
      const people = [candidate('Ana', { weight: 2, open: open.Ana }), candidate('Ben', { weight: 1, open: open.Ben })];
      const name = picked(people, { method: 'weighted' })?.[0] === 'Ana' ? 'Ana' : 'Ben';
      open[name] += 1;
      order.push(name);
    }
    expect(open).toEqual({ Ana: 6, Ben: 3 });
    expect(order.slice(0, 3).sort()).toEqual(['Ana', 'Ana', 'Ben']);
  });
});

describe('preferred skills', () => {
  it('rank before the method, by how many somebody has', () => {
    const people = [
      candidate('Ana', { skills: ['Spanish'] }),
      candidate('Ben', { skills: ['Spanish', 'tax'], open: 9, lastAssignedAt: minutesAgo(1) }),
      candidate('Cy'),
    ];
    const pick = pickFrom(people, { queue: aQueue(), preferredSkills: ['Spanish', 'tax', 'law'] });
    expect(pick).toMatchObject({ among: ['Ben'], preferred: ['Spanish', 'tax'], unmet: ['law'], tieBreak: null });
  });

  it('exclude nobody', () => {
    expect(picked([candidate('Cy')], {}, ['Spanish'])).toEqual(['Cy', null]);
  });
});
