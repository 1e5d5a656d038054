import { z } from 'zod';
import { OPEN_FIELDS } from '../src/decide/conditions/fields.ts';
import { MAIL_KIND } from '../src/config/mail.ts';
import { Channel } from '../src/config/written/channels.ts';
import { Condition } from '../src/config/written/condition.ts';
import { Mail, Store } from '../src/config/written/desk.ts';
import { CONFIG_FILES, type ConfigFile } from '../src/config/written/index.ts';
import type { Connector, Connectors } from '../src/kit/connector.ts';

/** What can be asked of any field, by the id that it has in src/config/written/field-test.ts. */
const ANY_FIELD = { $ref: '#/definitions/FieldTest' };

/** A JSON schema, as far as we look into it. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON schema of a config file, for the completion of an editor: draft 7, which VS Code's YAML
 * extension reads. What the connectors ask for stands under the `kind` that asks for it.
 */
export function configSchema(file: ConfigFile, connectors: Connectors): JsonSchema {
  const { schema, about } = CONFIG_FILES[file];
  const made = jsonSchemaOf(schema, (zod, json) => {
    if (zod === Condition) addOpenFields(json);
    if (zod === Channel) addKinds(json, rolesOf(connectors, 'channel'));
    if (zod === Mail) addSettings(json, connectors[MAIL_KIND]?.notifier?.settings);
    if (zod === Store) addKinds(json, rolesOf(connectors, 'store'));
  });
  return { ...made, title: file, description: about };
}

/** What an editor is to know of one schema, as it is written in a file. */
export function jsonSchemaOf(schema: z.ZodType, add: (zod: unknown, json: JsonSchema) => void = () => {}): JsonSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      addExamples(zodSchema, jsonSchema);
      add(zodSchema, jsonSchema);
    },
  });
}

/** The library leaves out the examples of what it transforms, for they could be of the result; ours never are. */
function addExamples(zod: z.core.$ZodType, json: JsonSchema): void {
  const examples = z.globalRegistry.get(zod)?.['examples'];
  if (Array.isArray(examples) && json.$ref === undefined) json.examples ??= examples;
}

/** The fields that a team names itself, by the beginnings of their names. */
function addOpenFields(json: JsonSchema): void {
  json.additionalProperties = false;
  json.patternProperties = Object.fromEntries(
    Object.values(OPEN_FIELDS).map((beginning) => [`^${beginning.replaceAll('.', '\\.')}.`, ANY_FIELD]),
  );
}

/** The kinds that there are, and the settings of each. */
function addKinds(json: JsonSchema, roles: readonly { connector: Connector; settings: z.ZodType }[]): void {
  const kind = json.properties?.['kind'];
  if (typeof kind === 'object') kind.enum = roles.map(({ connector }) => connector.id);
  json.allOf = roles.map(({ connector, settings }) => {
    const { $schema: _, ...schema } = jsonSchemaOf(settings);
    return {
      if: { properties: { kind: { const: connector.id } } },
      then: { properties: { settings: { ...schema, description: `What a ${connector.title} asks for.` } } },
    };
  });
}

/** What the one connector asks for. */
function addSettings(json: JsonSchema, settings: z.ZodType | undefined): void {
  const member = json.properties?.['settings'];
  if (typeof member !== 'object' || settings === undefined) return;
  const { $schema: _, ...schema } = jsonSchemaOf(settings);
  const { description, examples } = member;
  json.properties = {
    ...json.properties,
    settings: {
      ...schema,
      ...(description !== undefined && { description }),
      ...(examples !== undefined && { examples }),
    },
  };
}

function rolesOf(connectors: Connectors, role: 'channel' | 'store') {
  return Object.values(connectors).flatMap((connector) => {
    const settings = connector[role]?.settings;
    return settings === undefined ? [] : [{ connector, settings }];
  });
}
