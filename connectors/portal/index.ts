/**
 * The page of a ticket for whoever asked: what is written there comes in as any request does.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createPortalChannel } from './channel.ts';
import { PortalSettings } from './settings.ts';

export const connector: Connector = {
  id: 'portal',
  title: 'Ticket page',
  summary: 'A page of each ticket for its requester, without a login: read, answer, attach, say that it is solved.',
  docs: null,
  channel: role(PortalSettings, createPortalChannel),
  setUp: {
    family: 'forms',
    tryIt: 'Open the page of a ticket by the link in a letter, and answer there.',
  },
};
