import type { Ids } from './ids.ts';
import type { Settings } from './settings.ts';
import type { Webhook } from './webhooks/webhook.ts';

/** What a token may be allowed to do (section 1). */
export const SCOPES = [
  'data.records:read',
  'data.records:write',
  'data.recordComments:read',
  'data.recordComments:write',
  'schema.bases:read',
  'schema.bases:write',
  'webhook:manage',
  'user.email:read',
] as const;
export type Scope = (typeof SCOPES)[number];

/** What a person may do in a base, from least to most. */
export const ROLES = ['none', 'read', 'comment', 'edit', 'create', 'owner'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  id: string;
  name: string;
  email: string;
}

export interface Token {
  token: string;
  userId: string;
  scopes: readonly Scope[];
  /** Ids of bases, or all that the user has. */
  bases: 'all' | readonly string[];
  /** `whoami` names the scopes of an OAuth token only. */
  kind: 'pat' | 'oauth';
}

export interface Choice {
  id: string;
  name: string;
  color?: string | undefined;
}

/** Options of all types of field together; which has which is for field-options.ts. */
export interface FieldOptions {
  choices?: Choice[];
  precision?: number;
  max?: number;
  timeZone?: string;
  linkedTableId?: string;
  formula?: string;
  [other: string]: unknown;
}

export interface Field {
  id: string;
  name: string;
  type: FieldType;
  description: string | null;
  options: FieldOptions | null;
  /** Users who may not write here, as the permissions of paid plans have it. */
  lockedFor: Set<string>;
}

/** What can be created over the API (section 4). */
export const CREATABLE_TYPES = [
  'singleLineText',
  'multilineText',
  'richText',
  'email',
  'phoneNumber',
  'url',
  'singleSelect',
  'multipleSelects',
  'singleCollaborator',
  'multipleCollaborators',
  'number',
  'rating',
  'checkbox',
  'date',
  'dateTime',
  'multipleRecordLinks',
  'multipleAttachments',
] as const;

/** What only people create, and nobody writes (section 4). */
export const COMPUTED_TYPES = [
  'autoNumber',
  'createdTime',
  'lastModifiedTime',
  'createdBy',
  'lastModifiedBy',
  'formula',
  'rollup',
  'count',
  'multipleLookupValues',
  'button',
  'aiText',
] as const;

export type WritableType = (typeof CREATABLE_TYPES)[number];
export type ComputedType = (typeof COMPUTED_TYPES)[number];
export type FieldType = WritableType | ComputedType;

export interface Attachment {
  id: string;
  url: string;
  filename: string;
  size: number;
  type: string;
}

/**
 * What a cell holds: text, a number, true, a date as text, the id of a choice or a user, ids of several, or
 * attachments. An empty cell is not there.
 */
export type Cell = string | number | true | readonly string[] | readonly Attachment[];

export interface Comment {
  id: string;
  authorId: string;
  text: string;
  createdAt: number;
  updatedAt: number | null;
  parentCommentId: string | null;
}

export interface Row {
  id: string;
  createdAt: number;
  createdBy: string;
  cells: Map<string, Cell>;
  /** When each field was last changed, by its id. */
  modifiedAt: Map<string, number>;
  modifiedBy: string | null;
  autoNumber: number;
  comments: Comment[];
}

export interface View {
  id: string;
  name: string;
  type: string;
}

export interface Table {
  id: string;
  name: string;
  description: string | null;
  primaryFieldId: string;
  fields: Field[];
  views: View[];
  rows: Map<string, Row>;
  /** Ids of records that were here once: they are answered differently from those that never were. */
  deleted: Set<string>;
  /** Grows with every change, so that a listing knows whether its rows are still the same. */
  version: number;
  nextAutoNumber: number;
  /** The order of a listing, until a record comes or goes. */
  order: readonly Row[] | null;
}

export interface Member {
  userId: string;
  role: Role;
  since: number;
}

export interface Base {
  id: string;
  name: string;
  workspaceId: string;
  createdAt: number;
  tables: Table[];
  members: Member[];
  webhooks: Webhook[];
  /** The number of the last change, for webhooks. */
  transactions: number;
}

/** Bytes that were uploaded, by the id of the attachment. */
export interface StoredFile {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A listing between two of its pages. */
export interface Listing {
  tableId: string;
  lastUsedAt: number;
  /** The table as it was when the ids were chosen. */
  version: number;
  ids: readonly string[];
  /** Where the page began that each offset stood for, in case its record is gone. */
  starts: Map<string, number>;
}

/** Everything that a simulated Airtable knows. */
export interface World {
  settings: Settings;
  ids: Ids;
  bases: Map<string, Base>;
  users: Map<string, User>;
  tokens: Map<string, Token>;
  files: Map<string, StoredFile>;
  /** Listings that wait for their next page, by the id of their iterator. */
  listings: Map<string, Listing>;
}

export function tableOf(base: Base, idOrName: string): Table | undefined {
  return base.tables.find(({ id, name }) => id === idOrName || name === idOrName);
}

export function fieldOf(table: Table, idOrName: string): Field | undefined {
  return table.fields.find(({ id, name }) => id === idOrName || name === idOrName);
}

export function isComputed(type: FieldType): type is ComputedType {
  return COMPUTED_TYPES.some((computedType) => computedType === type);
}

export function roleOf(base: Base, userId: string): Role {
  return base.members.find((member) => member.userId === userId)?.role ?? 'none';
}

export function mayAtLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Moments are told in UTC with milliseconds. */
export function isoOf(at: number): string {
  return new Date(at).toISOString();
}

/** Airtable shows when a record was created or changed by whole seconds [U, section 14]. */
export function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
