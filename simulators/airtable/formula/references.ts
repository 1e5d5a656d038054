import type { Field, Table } from '../world.ts';
import { fieldOf } from '../world.ts';
import { type Node, parse } from './parse.ts';

/** Ids of the fields that a formula names, as the schema tells them; none of one that cannot be read. */
export function referencedIn(formula: string, table: Table): string[] {
  const fields = namesIn(readable(formula)).flatMap((name): Field | never[] => fieldOf(table, name) ?? []);
  return [...new Set(fields.map(({ id }) => id))];
}

function readable(formula: string): Node {
  try {
    return parse(formula);
  } catch {
    return { kind: 'literal', value: '' };
  }
}

function namesIn(node: Node): string[] {
  switch (node.kind) {
    case 'literal':
      return [];
    case 'field':
      return [node.name];
    case 'minus':
      return namesIn(node.of);
    case 'binary':
      return [...namesIn(node.left), ...namesIn(node.right)];
    case 'call':
      return node.args.flatMap(namesIn);
  }
}
