import { agentNamed, agentsOf, type BasePerson } from '../../../src/kit/store/base-people.ts';
import type { Column } from '../../../src/ports/ticket-store.ts';
import { CellChoice } from './wire.ts';

/** A cell of a payload as a listing would show it: payloads have options as objects. */
export function restValue(type: string, value: unknown): unknown {
  if (value === null) return undefined;
  switch (type) {
    case 'singleSelect':
      return CellChoice.parse(value);
    case 'multipleSelects':
      return Array.isArray(value) ? value.map((item) => CellChoice.parse(item)) : value;
    default:
      return value;
  }
}

/** The name that config has for somebody, or else whatever tells people who it is. */
export function editorName(columns: readonly Column[], person: BasePerson): string {
  return agentNamed(columns.flatMap(agentsOf), person) ?? person.name ?? person.email ?? person.id;
}
