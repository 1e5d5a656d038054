import { Resolver } from 'node:dns/promises';

/** Looks texts up in the DNS: none for a name that has none, null where it cannot be asked. */
export type ResolveTxt = (name: string) => Promise<readonly string[] | null>;

/** Milliseconds that each server of the DNS is given, once. */
const PATIENCE = 3000;

/** What the DNS says that a name, or its texts, are not there. */
const NOTHING: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the DNS of this machine. */
export const textsInDns: ResolveTxt = async (name) => {
  try {
    const records = await new Resolver({ timeout: PATIENCE, tries: 1 }).resolveTxt(name);
    return records.map((pieces) => pieces.join(''));
  } catch (error) {
    return error instanceof Error && 'code' in error && NOTHING.has(error.code) ? [] : null;
  }
};
