import { CAPABILITIES, createNotion, serveNotion } from '../../simulators/notion/index.ts';
import type { SimulatedBase, SimulatedGiven } from './simulated-base.ts';

/** While the story's clock jumps, answers take their time all the same, so that a minute tells nothing. */
const NO_LIMIT = 1_000_000;

/** Rows that a connection may make in a minute on the plan of the demo, and the most tickets of a day in the story. */
const ROWS_A_MINUTE = 500;
const TICKETS_A_DAY = 15;

/** Opens a workspace of which the whole team of the desk are members, with one page that is shared. */
export async function openDemoNotion({ policy, now }: SimulatedGiven): Promise<SimulatedBase> {
  const notion = createNotion({
    now: () => now().epochMilliseconds,
    plan: 'business',
    requestsPerWindow: NO_LIMIT,
    workspaceName: policy.desk.name,
  });
  const [first, ...others] = policy.agents.flatMap(({ name, email }) => (email === null ? [] : [{ name, email }]));
  const somebody = notion.addUser(first ?? { name: 'Lea', email: 'lea@example.com' });
  for (const each of others) notion.addUser(each);
  const page = notion.addPage(policy.desk.name);
  const token = notion.addConnection({ shared: [page], capabilities: CAPABILITIES });
  const { address, close } = await serveNotion(notion);
  return {
    variables: { NOTION_TOKEN: token, NOTION_BASE_URL: address },
    timeToWrite: (days) => ({ minutes: 2 + Math.ceil((days * TICKETS_A_DAY) / ROWS_A_MINUTE) }),
    open(clock) {
      notion.settings.now = () => clock().epochMilliseconds;
      notion.settings.requestsPerWindow = null;
    },
    visit({ dataSource }) {
      const source = String(dataSource);
      const own = notion.addConnection({ personId: somebody.id, shared: [page] });
      const open = notion.people.rows(source).findLast(({ fields }) => fields['Status'] === 'Open');
      const { properties } = notion.database(source);
      const shown = ['Ticket', 'Status', 'Owner', 'Why'].map((title) => `filter_properties=${properties[title] ?? ''}`);
      const change = `notion -X PATCH $API/pages/${open?.id ?? ''} -d`;
      const text = (content: string) => JSON.stringify([{ text: { content } }]);
      return {
        what: 'database',
        vendor: 'Notion',
        name: somebody.name,
        seen: 'every 30 seconds in opening hours, and every minute at other times',
        opening: [
          `API=${address}/v1`,
          `notion() { curl -s -H 'Authorization: Bearer ${own}' -H 'Notion-Version: 2026-03-11' -H 'Content-Type: application/json' "$@"; }`,
        ],
        look: `notion "$API/data_sources/${source}/query?${shown.join('&')}" -d '{"page_size": 3}'`,
        work: [
          `${change} '{"properties": {"Status": {"status": {"name": "On hold"}}}}'`,
          `${change} '{"properties": {"Reply": {"rich_text": ${text('We are on it.')}}, "Send": {"checkbox": true}}}'`,
          `notion $API/pages -d '{"parent": {"data_source_id": "${source}"}, "properties": {"Ticket": {"title": ${text('Called: the router is dead')}}}}'`,
        ],
      };
    },
    close,
  };
}
