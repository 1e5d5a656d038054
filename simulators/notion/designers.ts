import { changeSchema, type PropertyChange } from './properties/change-schema.ts';
import { madeOption, newOptions } from './properties/options.ts';
import { noteDatabase } from './webhooks/record.ts';
import { databaseNamed, personNamed, sourceNamed } from './people.ts';
import type { DataSource, Option, Property, PropertyType, StatusGroup, World } from './world.ts';
import { propertyOf } from './world.ts';

/** An option by its name. One of a status may say its group, else it is to do. */
export type DesignedOption = string | { name: string; group: StatusGroup };

/** A property as somebody adds it by hand: any type, those that the API cannot make too. */
export interface DesignedProperty {
  name: string;
  type: PropertyType;
  description?: string;
  options?: readonly DesignedOption[];
  /** What else its type has: `{ prefix: 'TKT' }`, `{ format: 'percent' }`, `{ data_source_id: … }`. */
  config?: Readonly<Record<string, unknown>>;
}

/** What people do to the shape of a database: most of it the API cannot do. */
export interface Designers {
  addProperty(database: string, property: DesignedProperty): string;
  renameProperty(database: string, property: string, name: string): void;
  /** Values that the new type cannot hold are lost. */
  retypeProperty(database: string, property: string, to: Omit<DesignedProperty, 'name'>): void;
  removeProperty(database: string, property: string): void;
  addOption(database: string, property: string, option: DesignedOption): void;
  renameOption(database: string, property: string, names: { from: string; to: string }): void;
  /** Rows that had it have none then, or the status that comes first. */
  removeOption(database: string, property: string, name: string): void;
  renameDatabase(database: string, name: string): void;
  /** Puts a database into the trash with all its rows, or takes it out. */
  trashDatabase(database: string, isTrash: boolean): void;
}

export function createDesigners(world: World): Designers {
  function change(source: DataSource, changes: readonly PropertyChange[]): void {
    changeSchema(world, personNamed(world, undefined), { source, changes });
  }

  function changed(database: string, name: string, to: (property: Property) => Property | null): void {
    const source = sourceNamed(world, database);
    const from = propertyOf(source, name);
    if (from === undefined) throw new Error(`There is no property ${name} in ${database}.`);
    change(source, [{ from, to: to(from) }]);
  }

  function withOptions(database: string, name: string, next: (property: Property) => Option[]): void {
    changed(database, name, (property) => ({ ...property, options: next(property) }));
  }

  return {
    addProperty(database, designed) {
      const property = designedProperty(world, designed);
      change(sourceNamed(world, database), [{ from: null, to: property }]);
      return property.id;
    },
    renameProperty: (database, name, next) => changed(database, name, (property) => ({ ...property, name: next })),
    retypeProperty: (database, name, to) =>
      changed(database, name, (property) => ({
        ...designedProperty(world, { ...to, name: property.name }),
        id: property.id,
      })),
    removeProperty: (database, name) => changed(database, name, () => null),
    addOption: (database, name, option) =>
      withOptions(database, name, ({ type, options }) => [...options, madeOption(world, type, given(option))]),
    renameOption: (database, name, { from, to }) =>
      withOptions(database, name, ({ options }) =>
        options.map((option) => (option.name === from ? { ...option, name: to } : option)),
      ),
    removeOption: (database, name, option) =>
      withOptions(database, name, ({ options }) => options.filter((one) => one.name !== option)),
    renameDatabase(database, name) {
      const found = databaseNamed(world, database);
      found.title = name;
      for (const source of found.dataSources) source.name = name;
    },
    trashDatabase(database, isTrash) {
      const found = databaseNamed(world, database);
      found.inTrash = isTrash;
      for (const source of found.dataSources) source.inTrash = isTrash;
      noteDatabase(world, personNamed(world, undefined), found);
    },
  };
}

/** A property as it is made by hand: the ids are new, and no type is refused. */
export function designedProperty(
  world: World,
  { name, type, description, options, config = {} }: DesignedProperty,
): Property {
  const hasOptions = type === 'select' || type === 'multi_select' || type === 'status';
  return {
    id: type === 'title' ? 'title' : world.ids.property(),
    name,
    type,
    description: description ?? null,
    options: hasOptions ? newOptions(world, type, options?.map(given)) : [],
    config: type === 'number' ? { format: 'number', ...config } : config,
  };
}

function given(option: DesignedOption): { name: string; group?: StatusGroup } {
  return typeof option === 'string' ? { name: option } : option;
}
