import type { Base } from '../base.ts';
import { plainId } from '../filters.ts';
import { KeptToken } from './wire.ts';

/** The token that calls are signed with, and whether another one is waited for. */
export async function keptToken({ settings, given }: Base): Promise<KeptToken> {
  return KeptToken.parse(await given.memory.get(nameOf(settings)));
}

export async function keepToken({ settings, given }: Base, { token, openUntil }: KeptToken): Promise<void> {
  await given.memory.set(nameOf(settings), { token, openUntil: openUntil?.toString() ?? null });
}

function nameOf({ dataSource }: Base['settings']): string {
  return `notion.webhook.${plainId(dataSource)}`;
}
