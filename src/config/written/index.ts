/**
 * What an admin writes, file by file: strict schemas in which every key says what it is for, what it is
 * when left out, and what it can look like. The editor's completion and docs/reference/config.md are
 * made of them.
 */
import type { z } from 'zod';
import { Access } from './access.ts';
import { Channels } from './channels.ts';
import { Customers } from './customers.ts';
import { Desk } from './desk.ts';
import { Events } from './events.ts';
import { Intake } from './intake.ts';
import { Knowledge } from './knowledge.ts';
import { Escalation } from './escalation.ts';
import { FollowUp } from './follow-up.ts';
import { Notices } from './notices.ts';
import { People } from './people.ts';
import { Privacy } from './privacy.ts';
import { Reports } from './reports.ts';
import { Routing } from './routing.ts';
import { Sla } from './sla.ts';
import { Triage } from './triage.ts';

/** The YAML files of a config folder, in the order in which a newcomer meets them. */
export const CONFIG_FILES = {
  'desk.yaml': { schema: Desk, about: 'The desk itself: its name, its numbers, where its tickets live.' },
  'channels.yaml': { schema: Channels, about: 'The ways in: forms, chat, mail, anything that can post.' },
  'intake.yaml': { schema: Intake, about: 'What is made of a request before anybody judges it.' },
  'people.yaml': { schema: People, about: 'Who works when, on what: calendars, agents, queues.' },
  'customers.yaml': { schema: Customers, about: 'Who asks: accounts, VIPs, people with several addresses, look-ups.' },
  'triage.yaml': { schema: Triage, about: 'What a ticket is about and how urgent it is.' },
  'routing.yaml': { schema: Routing, about: 'Where a ticket goes and who is to take it.' },
  'sla.yaml': { schema: Sla, about: 'What is promised, and by when.' },
  'escalation.yaml': { schema: Escalation, about: 'When somebody must see to a ticket, and what that means.' },
  'notices.yaml': { schema: Notices, about: 'How the team hears what it is told, and when it is left in peace.' },
  'follow-up.yaml': { schema: FollowUp, about: 'What happens when nobody works on a ticket any more.' },
  'knowledge.yaml': { schema: Knowledge, about: 'What the desk knows, and who may read it.' },
  'reports.yaml': { schema: Reports, about: 'What the desk looks at, to see how it goes.' },
  'privacy.yaml': { schema: Privacy, about: 'What is let out of the house, and how long it is kept.' },
  'access.yaml': { schema: Access, about: 'Who comes into the console, and what they may do there.' },
  'events.yaml': { schema: Events, about: 'Which other systems follow what happens to tickets.' },
} as const satisfies Readonly<Record<string, { schema: z.ZodType; about: string }>>;

export type ConfigFile = keyof typeof CONFIG_FILES;

/** A config as written, with every default filled in. */
export interface Written {
  desk: Desk;
  channels: Channels;
  intake: Intake;
  people: People;
  customers: Customers;
  triage: Triage;
  routing: Routing;
  sla: Sla;
  escalation: Escalation;
  notices: Notices;
  followUp: FollowUp;
  knowledge: Knowledge;
  reports: Reports;
  privacy: Privacy;
  access: Access;
  events: Events;
}
