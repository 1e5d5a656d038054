import { connector as airtable } from './airtable/index.ts';
import { connector as airtableForm } from './airtable-form/index.ts';
import { connector as discord } from './discord/index.ts';
import { connector as email } from './email/index.ts';
import { connector as embedded } from './embedded/index.ts';
import { connector as fillout } from './fillout/index.ts';
import { connector as form } from './form/index.ts';
import { connector as googleForms } from './google-forms/index.ts';
import { connector as gravityForms } from './gravity-forms/index.ts';
import { connector as imap } from './imap/index.ts';
import { connector as intercom } from './intercom/index.ts';
import { connector as jotform } from './jotform/index.ts';
import { connector as json } from './json/index.ts';
import { connector as mailgun } from './mailgun/index.ts';
import { connector as mattermost } from './mattermost/index.ts';
import { connector as notion } from './notion/index.ts';
import { connector as notionForm } from './notion-form/index.ts';
import { connector as openai } from './openai/index.ts';
import { connector as portal } from './portal/index.ts';
import { connector as postmark } from './postmark/index.ts';
import { connector as sendgrid } from './sendgrid/index.ts';
import { connector as ses } from './ses/index.ts';
import { connector as slack } from './slack/index.ts';
import { connector as tally } from './tally/index.ts';
import { connector as teams } from './teams/index.ts';
import { connector as telegram } from './telegram/index.ts';
import { connector as twilio } from './twilio/index.ts';
import { connector as typeform } from './typeform/index.ts';
import { connector as webflow } from './webflow/index.ts';
import { connector as webhook } from './webhook/index.ts';
import { connector as whatsapp } from './whatsapp/index.ts';
import { connector as wpforms } from './wpforms/index.ts';
import type { Connectors } from '../src/kit/connector.ts';

/** Every outside system that Tabledesk can speak with, by the `kind` that config uses. */
export const CONNECTORS: Connectors = {
  airtable,
  discord,
  'airtable-form': airtableForm,
  email,
  embedded,
  fillout,
  form,
  'google-forms': googleForms,
  'gravity-forms': gravityForms,
  imap,
  intercom,
  jotform,
  json,
  mailgun,
  mattermost,
  notion,
  'notion-form': notionForm,
  openai,
  portal,
  postmark,
  sendgrid,
  ses,
  slack,
  tally,
  teams,
  telegram,
  twilio,
  typeform,
  webflow,
  webhook,
  whatsapp,
  wpforms,
};
