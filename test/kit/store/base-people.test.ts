import { describe, expect, it } from 'vitest';
import { agentNamed, isAgent, knowsAgents, personIn } from '../../../src/kit/store/base-people.ts';
import type { Column } from '../../../src/ports/ticket-store.ts';

const ANA = { id: 'u1', name: 'Ana María', email: 'Ana@desk.example' };
const BEN = { id: 'u2', name: 'Ben', email: null };
const AGENTS = [
  { name: 'Ana', email: 'ana@desk.example' },
  { name: 'Ben', email: 'ben@desk.example' },
];

function anAssignee(agents: typeof AGENTS): Column {
  return { name: 'assignee', title: 'Assignee', type: { kind: 'person', agents }, edits: 'taken', description: '' };
}

describe('people of a base', () => {
  it('are agents by their address, whatever its capitals, and by their name where one has none', () => {
    expect(agentNamed(AGENTS, ANA)).toBe('Ana');
    expect(agentNamed(AGENTS, BEN)).toBe('Ben');
    expect(isAgent({ ...BEN, email: 'another@desk.example' }, { name: 'Ben', email: 'ben@desk.example' })).toBe(false);
    expect(agentNamed(AGENTS, { id: 'u3', name: 'Cy', email: null })).toBeUndefined();
  });

  it('are named in a cell as config has them, or as the base has them', () => {
    expect(personIn([ANA, BEN], anAssignee(AGENTS), 'Ana')).toBe(ANA);
    expect(personIn([ANA, BEN], anAssignee([]), 'Ana María')).toBe(ANA);
    expect(personIn([ANA, BEN], anAssignee([]), 'u2')).toBe(BEN);
    expect(personIn([ANA], anAssignee(AGENTS), 'Ben')).toBeUndefined();
  });

  it('are all known when the base has every agent, of whom there is at least one', () => {
    expect(knowsAgents([ANA, BEN], [anAssignee(AGENTS)])).toBe(true);
    expect(knowsAgents([ANA], [anAssignee(AGENTS)])).toBe(false);
    expect(knowsAgents(null, [anAssignee(AGENTS)])).toBe(false);
    expect(knowsAgents([ANA, BEN], [anAssignee([])])).toBe(false);
  });
});
