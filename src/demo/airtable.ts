import { createAirtable, serveAirtable } from '../../simulators/airtable/index.ts';
import type { SimulatedBase, SimulatedGiven } from './simulated-base.ts';

/** Who brings Tabledesk into the base. */
const SERVICE_USER = { name: 'Tabledesk', email: 'tabledesk@example.com' };

/** While the story's clock jumps, answers take their time all the same, so that a second tells nothing. */
const NO_LIMIT = 1000;

/** Requests a second for a demo that is looked at: Airtable's five for Tabledesk, and as many for people by API. */
const FOR_BOTH = 10;

/** Opens a base of which the whole team of the desk are members. */
export async function openDemoAirtable({ policy, now }: SimulatedGiven): Promise<SimulatedBase> {
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
    timeToWrite: () => ({ minutes: 3 }),
    open(clock) {
      airtable.settings.now = () => clock().epochMilliseconds;
      airtable.settings.requestsPerSecond = FOR_BOTH;
    },
    visit({ base, table }) {
      const somebody = team[0] ?? service;
      const open = airtable.people.rows(String(table)).findLast(({ fields }) => fields['Status'] === 'Open');
      const row = `$ROWS/${open?.id ?? ''}`;
      const send = `curl -s -H "$AUTH" -H 'Content-Type: application/json'`;
      return {
        what: 'base',
        vendor: 'Airtable',
        name: somebody.name,
        seen: 'every ten seconds in opening hours, and every minute at other times',
        opening: [
          `AUTH='Authorization: Bearer ${airtable.addToken({ userId: somebody.id })}'`,
          `ROWS=${address}/v0/${String(base)}/${String(table)}`,
        ],
        look: 'curl -gs -H "$AUTH" "$ROWS?maxRecords=3&fields[]=Ticket&fields[]=Status&fields[]=Owner&fields[]=Why"',
        work: [
          `${send} -X PATCH ${row} -d '{"fields": {"Status": "On hold"}}'`,
          `${send} -X PATCH ${row} -d '{"fields": {"Reply": "We are on it.", "Send": true}}'`,
          `${send} -X POST $ROWS -d '{"fields": {"Subject": "Called: the router is dead"}}'`,
        ],
      };
    },
    close,
  };
}
