import type { SimulatedBase, SimulatedGiven } from './simulated-base.ts';

/** Each is loaded when it is asked for. */
const OPENERS = {
  airtable: async () => (await import('./airtable.ts')).openDemoAirtable,
  notion: async () => (await import('./notion.ts')).openDemoNotion,
};

export type SimulatedKind = keyof typeof OPENERS;

/** Opens a base in which the whole team of the desk can work. */
export async function openSimulatedBase(kind: SimulatedKind, given: SimulatedGiven): Promise<SimulatedBase> {
  const open = await OPENERS[kind]();
  return open(given);
}
