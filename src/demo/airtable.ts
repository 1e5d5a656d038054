import { createAirtable, serveAirtable } from '../../simulators/airtable/index.ts';
import type { Policy } from '../decide/policy.ts';
import type { Now } from '../ports/now.ts';

/** Who brings Tabledesk into the base. */
const SERVICE_USER = { name: 'Tabledesk', email: 'tabledesk@example.com' };

/** While the story's clock jumps, answers take their time all the same, so that a second tells nothing. */
const NO_LIMIT = 1000;

/** Requests a second for a demo that is looked at: Airtable's five for Tabledesk, and as many for people by API. */
const FOR_BOTH = 10;

/** A simulated Airtable with an empty base, behind a port of this machine. It lives as long as this process. */
export interface DemoAirtable {
  /** By which a store finds it. */
  variables: Readonly<Record<'AIRTABLE_TOKEN' | 'AIRTABLE_ENDPOINT_URL', string>>;
  /** The story is over: from now on the base goes by this clock, and has its limit. */
  open(now: Now): void;
  /** How to be one of the team in the base; `desk` is what the store was connected to. */
  visit(desk: { base: string; table: string }): Visit;
  close(): Promise<void>;
}

/** What somebody needs to act as a person in the base. */
export interface Visit {
  /** Who that is. */
  name: string;
  token: string;
  /** Address of the rows. */
  rows: string;
  /** A row in which there is something to do. */
  rowId: string;
}

/** Opens a base of which the whole team of the desk are members. */
export async function openDemoAirtable({ policy, now }: { policy: Policy; now: Now }): Promise<DemoAirtable> {
  const airtable = createAirtable({ now: () => now().epochMilliseconds, requestsPerSecond: NO_LIMIT });
  const service = airtable.addUser(SERVICE_USER);
  const team = policy.agents.flatMap(({ name, email }) => (email === null ? [] : [airtable.addUser({ name, email })]));
  airtable.addBase({
    name: policy.desk.name,
    members: [{ userId: service.id, role: 'create' }, ...team.map(({ id }) => ({ userId: id, role: 'edit' as const }))],
  });
  const { address, close } = await serveAirtable(airtable);
  return {
    variables: { AIRTABLE_TOKEN: airtable.addToken({ userId: service.id }), AIRTABLE_ENDPOINT_URL: address },
    open(clock) {
      airtable.settings.now = () => clock().epochMilliseconds;
      airtable.settings.requestsPerSecond = FOR_BOTH;
    },
    visit({ base, table }) {
      const somebody = team[0] ?? service;
      const open = airtable.people.rows(table).findLast(({ fields }) => fields['Status'] === 'Open');
      const token = airtable.addToken({ userId: somebody.id });
      return { name: somebody.name, token, rows: `${address}/v0/${base}/${table}`, rowId: open?.id ?? '' };
    },
    close,
  };
}
