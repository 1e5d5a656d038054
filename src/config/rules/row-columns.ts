import { columnOf } from '../../decide/conditions/fields.ts';
import { rowColumnsRead } from '../../decide/conditions/row-columns.ts';
import type { Check, Report, Spot } from './check.ts';

/**
 * What rules ask for in place of a column that Tabledesk makes, by the column's name or title without spaces
 * and capitals; null where there is nothing to ask for.
 */
export const OWN_COLUMNS: Readonly<Record<string, string | null>> = {
  ticket: null,
  number: null,
  key: null,
  subject: 'subject',
  description: 'message',
  requester: 'requester.name',
  requestername: 'requester.name',
  requesteremail: 'requester.email',
  customeraccount: 'requester.account.name',
  customervip: 'requester.vip',
  channel: 'channel',
  externalid: null,
  attachments: null,
  filelinks: null,
  category: 'category',
  severity: 'severity',
  priority: 'priority',
  status: 'status',
  queue: 'queue',
  assignee: 'assignee',
  owner: 'owner',
  tags: 'tags',
  firstresponsedue: null,
  firstresponsedueat: null,
  resolutiondue: null,
  resolutiondueat: null,
  slastate: null,
  promisedresponseby: null,
  promisedresponseat: null,
  promisedresolutionby: null,
  promisedresolutionat: null,
  openedat: 'openedAt',
  firstrespondedat: null,
  resolvedat: null,
  closedat: null,
  lastcustomermessageat: 'lastCustomerMessageAt',
  lastagentmessageat: 'lastAgentMessageAt',
  reopencount: 'reopenCount',
  contactcount: 'contactCount',
  confidence: null,
  needsreview: 'needsReview',
  why: null,
  activity: null,
  internalnotes: null,
  incident: 'incident.number',
  knownincident: 'knownIncident',
  incidentmessage: null,
  linkedcount: 'linkedCount',
  linkedtickets: 'linkedCount',
  related: null,
  handoffto: null,
  handoffreason: null,
  handoffanswer: null,
  handoff: null,
  handoffstate: null,
  collaborators: null,
  helping: null,
  reply: null,
  send: null,
  suggestedreply: null,
  sendsuggestion: null,
  suggestedarticles: null,
  tabledeskdata: null,
  memory: null,
};

/** `row.` begins the names of the team's own columns: of ours a rule asks by the field of the ticket. */
export function checkColumn(field: string, spot: Spot, report: Report): void {
  const column = columnOf(field);
  const plain = column?.toLowerCase().replaceAll(/[\s_-]/g, '') ?? '';
  if (column === null || !Object.hasOwn(OWN_COLUMNS, plain)) return;
  const instead = OWN_COLUMNS[plain] ?? null;
  report.error(
    spot,
    `"${column}" is a column of Tabledesk's, and row. begins those of your own`,
    instead === null ? 'Rules cannot ask for it.' : `Ask for ${instead}.`,
  );
}

/** Columns that rules ask for must be ones that people can add. */
export const ROW_COLUMNS: Check = {
  reads: ['desk.yaml', 'triage.yaml', 'routing.yaml', 'sla.yaml', 'escalation.yaml'],
  look({ written, policy, connectors }, report) {
    const { kind } = written.desk.store;
    const asked = rowColumnsRead(policy).map(({ title, places }) => `row.${title} (${places.join(', ')})`);
    if (asked.length === 0 || connectors[kind] === undefined || connectors[kind].teamColumns === true) return;
    report.warning(
      { file: 'desk.yaml', path: ['store', 'kind'] },
      `nobody can add columns to the rows of the store "${kind}", so that nothing is in ${asked.join(', ')} unless a script fills it`,
      'Keep tickets in a base such as Airtable, or ask for what the form says: fields.',
    );
  },
};
