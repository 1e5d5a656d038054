import type { Cell, Column } from '../../ports/ticket-store.ts';

/** Somebody who can be put into a cell, as the base knows them. */
export interface BasePerson {
  id: string;
  name: string | null;
  email: string | null;
}

/** Somebody who can be assigned, as the config knows them. */
export interface Agent {
  name: string;
  email: string | null;
}

/** Everybody whom this column can name. */
export function agentsOf({ type }: Column): readonly Agent[] {
  return type.kind === 'person' ? type.agents : [];
}

/** By address where both have one: names are not unique. */
export function isAgent({ email, name }: BasePerson, agent: Agent): boolean {
  if (email !== null && agent.email !== null) return email.toLowerCase() === agent.email.toLowerCase();
  return name === agent.name;
}

/** The name that config has for a person. */
export function agentNamed(agents: readonly Agent[], person: BasePerson): string | undefined {
  return agents.find((agent) => isAgent(person, agent))?.name;
}

/** Whoever a cell names: an agent of this column, or else somebody whom the base calls so. */
export function personIn(people: readonly BasePerson[], column: Column, cell: Cell): BasePerson | undefined {
  const agent = agentsOf(column).find(({ name }) => name === cell);
  return people.find((person) =>
    agent === undefined ? [person.name, person.email, person.id].includes(String(cell)) : isAgent(person, agent),
  );
}

/** Whether the base knows everybody whom these columns can name. Who it does not know would be assigned in vain. */
export function knowsAgents(people: readonly BasePerson[] | null, columns: readonly Column[]): boolean {
  const agents = columns.flatMap(agentsOf);
  return agents.length > 0 && agents.every((agent) => people?.some((person) => isAgent(person, agent)) === true);
}
