import { badFormula } from '../refusal.ts';
import type { Base, Field, Row, Table, World } from '../world.ts';
import { fieldOf, wholeSecond } from '../world.ts';
import { fieldValue } from './field-value.ts';
import { FUNCTIONS } from './functions.ts';
import { compute } from './operators.ts';
import { invalid, parse, type Node } from './parse.ts';
import { ERROR, isError, isTruthy, moment, numberOf, type Value } from './value.ts';

/** A formula that can be asked about a row. */
export type Formula = (row: Row) => Value;

/** Whose rows a formula is about. */
interface Ground {
  base: Base;
  table: Table;
}

interface Compiling extends Ground {
  world: World;
  /** Formula fields on the way here: one that needs itself is an error. */
  inside: ReadonlySet<string>;
}

/**
 * Reads a formula once, for all rows.
 *
 * @throws Refusal `INVALID_FILTER_BY_FORMULA` for a formula that cannot be read or names what is not there. What
 * goes wrong in a row is no refusal: its value is an error, and a filter drops it silently (section 5).
 */
export function compile(formula: string, world: World, { base, table }: Ground): Formula {
  return build(parse(formula), { world, base, table, inside: new Set() });
}

function build(node: Node, compiling: Compiling): Formula {
  switch (node.kind) {
    case 'literal':
      return () => node.value;
    case 'field':
      return fieldReader(node.name, compiling);
    case 'minus':
      return negative(build(node.of, compiling));
    case 'binary': {
      const left = build(node.left, compiling);
      const right = build(node.right, compiling);
      return (row) => compute(node.operator, left(row), right(row));
    }
    case 'call':
      return buildCall(node, compiling);
  }
}

function negative(of: Formula): Formula {
  return (row) => {
    const number = numberOf(of(row));
    return Number.isNaN(number) ? ERROR : -number;
  };
}

function fieldReader(name: string, compiling: Compiling): Formula {
  const { world, base, inside } = compiling;
  const field = knownField(name, compiling);
  if (field.type !== 'formula') return (row) => fieldValue({ world, base }, field, row);
  if (inside.has(field.id)) return () => ERROR;
  return build(parse(field.options?.formula ?? ''), { ...compiling, inside: new Set([...inside, field.id]) });
}

function knownField(name: string, { table }: Compiling): Field {
  const field = fieldOf(table, name);
  if (field === undefined) throw badFormula(`Unknown field names: ${name.toLowerCase()}`);
  return field;
}

function buildCall({ name, args }: { name: string; args: Node[] }, compiling: Compiling): Formula {
  switch (name) {
    case 'RECORD_ID':
      expectNone(args);
      return (row) => row.id;
    case 'CREATED_TIME':
      expectNone(args);
      return (row) => moment(row.createdAt);
    case 'LAST_MODIFIED_TIME':
      return lastModifiedTime(args, compiling);
    case 'NOW':
      expectNone(args);
      return () => moment(compiling.world.settings.now());
    case 'IF':
      return choice(args.map((arg) => build(arg, compiling)));
    default:
      return plainCall(name, args, compiling);
  }
}

/** Blank for a row of whose fields none was ever changed. Of computed fields it knows nothing [U, section 5]. */
function lastModifiedTime(args: readonly Node[], compiling: Compiling): Formula {
  const ids = args.map((arg) => {
    if (arg.kind !== 'field') throw invalid();
    return knownField(arg.name, compiling).id;
  });
  return ({ modifiedAt }) => {
    let latest = Number.NEGATIVE_INFINITY;
    for (const id of ids.length === 0 ? modifiedAt.keys() : ids)
      latest = Math.max(latest, modifiedAt.get(id) ?? latest);
    return latest === Number.NEGATIVE_INFINITY ? null : moment(wholeSecond(latest));
  };
}

/** Only the branch that is taken is computed, so that IF can keep an error away. */
function choice([condition, then, otherwise, ...more]: readonly Formula[]): Formula {
  if (condition === undefined || then === undefined || more.length > 0) throw invalid();
  return (row) => {
    const answer = condition(row);
    if (isError(answer)) return ERROR;
    return isTruthy(answer) ? then(row) : (otherwise?.(row) ?? null);
  };
}

/** An error in any argument is an error of the whole, of AND and OR too [U]. */
function plainCall(name: string, args: readonly Node[], compiling: Compiling): Formula {
  const known = FUNCTIONS[name];
  if (known === undefined) throw badFormula(`Unknown function names: ${name}`);
  if (args.length < known.least || args.length > known.most) throw invalid();
  if (args.length > 0 && args.every((arg) => arg.kind === 'literal')) {
    // The same for every row: a moment to compare with is read once.
    const value = known.compute(args.map((arg) => arg.value));
    return () => value;
  }
  const parts = args.map((arg) => build(arg, compiling));
  return (row) => {
    const values: Value[] = [];
    for (const part of parts) {
      const value = part(row);
      if (isError(value)) return ERROR;
      values.push(value);
    }
    return known.compute(values);
  };
}

function expectNone(args: readonly Node[]): void {
  if (args.length > 0) throw invalid();
}
