import type { Capability, Cell, Connection, FileCell, Page, PageState, Property, User, World } from '../world.ts';
import { optionOf, propertyOf, seesPage, sourceOf, toldTime } from '../world.ts';
import { defaultStatus } from './options.ts';

/** Reads of relations and people are cut here (section 2); `/properties/` has them all. */
const MOST_READ = 25;

/** Addresses of files die after an hour. */
const FILE_LIVES_MS = 60 * 60 * 1000;

/** A page as one request sees it. */
export interface Sight {
  world: World;
  connection: Connection;
  page: Page;
  state: PageState;
}

/** A property of a page as answers tell it: its id, its type and what is in it. */
export function readProperty(sight: Sight, property: Property): Record<string, unknown> {
  const { id, type } = property;
  const value = valueOf(sight, property);
  if (type === 'relation') {
    const ids = Array.isArray(value) ? value : [];
    return { id, type, relation: ids.slice(0, MOST_READ), has_more: ids.length > MOST_READ };
  }
  const isCut = type === 'people' && Array.isArray(value);
  return { id, type, [type]: isCut ? value.slice(0, MOST_READ) : value };
}

/** All that is in a property, however much. */
export function valueOf(sight: Sight, property: Property): unknown {
  const { world, connection, page, state } = sight;
  const cell = state.cells.get(property.id);
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return cell?.is === 'text' ? cell.text : [];
    case 'number':
      return cell?.is === 'number' ? cell.value : null;
    case 'checkbox':
      return cell?.is === 'checked';
    case 'email':
    case 'url':
    case 'phone_number':
      return cell?.is === 'string' ? cell.value : null;
    case 'date':
      return cell?.is === 'date' ? cell.date : null;
    case 'select':
      return shownOption(property, cell?.is === 'id' ? cell.id : undefined);
    case 'status':
      return shownOption(property, cell?.is === 'id' ? cell.id : defaultStatus(property)?.id);
    case 'multi_select':
      return idsIn(cell).flatMap((id) => shownOption(property, id) ?? []);
    case 'people':
      return idsIn(cell).map((id) => shownUser(world, connection, id));
    case 'relation':
      return idsIn(cell).map((id) => ({ id }));
    case 'files':
      return cell?.is === 'files' ? cell.files.map((file) => shownFile(world, file)) : [];
    case 'created_by':
      return shownUser(world, connection, page.createdBy);
    case 'last_edited_by':
      return shownUser(world, connection, state.editedBy);
    case 'created_time':
      return toldTime(world, page.createdAt);
    case 'last_edited_time':
      return toldTime(world, state.editedAt);
    case 'unique_id':
      return { prefix: property.config['prefix'] ?? null, number: page.number };
    // Formulas are not worked out here; Notion too answers so where it cannot (section 2).
    case 'formula':
      return { type: 'unsupported', unsupported: {} };
    case 'rollup':
      return rolledUp(sight, property);
    case 'button':
      return {};
    case 'verification':
      return { state: 'unverified', verified_by: null, date: null };
  }
}

/** What the rows to which a relation leads have in one property; no other function is worked out here. */
function rolledUp({ world, connection, page, state }: Sight, { config }: Property): object {
  const { relation_property_name: relation, rollup_property_name: shown } = config;
  const source = sourceOf(world, page);
  const property = source === undefined ? undefined : propertyOf(source, String(relation));
  if (property === undefined || config['function'] !== 'show_original') {
    return { type: 'unsupported', unsupported: {}, function: 'show_original' };
  }
  const rows = idsIn(state.cells.get(property.id)).flatMap((id) => world.pages.get(id) ?? []);
  const array = rows.flatMap((row) => {
    const there = sourceOf(world, row);
    const held = there === undefined ? undefined : propertyOf(there, String(shown));
    if (held === undefined || row.state.inTrash || !seesPage(world, connection, row)) return [];
    return [{ type: held.type, [held.type]: valueOf({ world, connection, page: row, state: row.state }, held) }];
  });
  return { type: 'array', array, function: 'show_original' };
}

/** Whole where the connection may read users, and but an id where it may not, or of a guest (section 5). */
function shownUser(world: World, connection: Connection, id: string): object {
  const user = world.users.get(id);
  const isWhole = user !== undefined && user.kind !== 'guest' && may(connection, 'read users');
  return isWhole ? userBody(world, connection, user) : partialUser(id);
}

export function partialUser(id: string): { object: 'user'; id: string } {
  return { object: 'user', id };
}

/** The e-mail comes with a capability of its own. */
export function userBody(world: World, connection: Connection, user: User): object {
  const common = { object: 'user', id: user.id, name: user.name, avatar_url: null };
  if (user.kind === 'bot') return { ...common, type: 'bot', bot: user.id === connection.userId ? ownBot(world) : {} };
  return { ...common, type: 'person', person: may(connection, 'read emails') ? { email: user.email } : {} };
}

function idsIn(cell: Cell | undefined): readonly string[] {
  return cell?.is === 'ids' ? cell.ids : [];
}

function ownBot({ settings, workspaceId }: World): object {
  return {
    owner: { type: 'workspace', workspace: true },
    workspace_id: workspaceId,
    workspace_name: settings.workspaceName,
    workspace_limits: { max_file_upload_size_in_bytes: mostFileBytes(settings.plan) },
  };
}

/** 5 MiB where nobody pays, 5 GiB where somebody does. */
export function mostFileBytes(plan: World['settings']['plan']): number {
  return (plan === 'free' ? 1 : 1024) * 5 * 1024 * 1024;
}

function shownOption(property: Property, id: string | undefined): object | null {
  const option = optionOf(property, id);
  return option === undefined ? null : { id: option.id, name: option.name, color: option.color };
}

function shownFile({ settings }: World, { name, url, uploadId }: FileCell): object {
  if (uploadId === null) return { name, type: 'external', external: { url } };
  const diesAt = settings.now() + FILE_LIVES_MS;
  const address = `${settings.filesAddress}/${uploadId}/${diesAt}/${encodeURIComponent(name)}`;
  return { name, type: 'file', file: { url: address, expiry_time: new Date(diesAt).toISOString() } };
}

function may(connection: Connection, capability: Capability): boolean {
  return connection.capabilities.has(capability);
}
