import type { Queries } from '../../db/connection.ts';
import { figuresOf } from '../../reports/figures/catalogue.ts';
import { compare } from '../../reports/figures/compare.ts';
import { html, type Html } from '../markup.ts';
import type { Asked } from './asked.ts';
import { figureGroups } from './figure-groups.ts';
import { figureLines } from './figure-lines.ts';
import { figureTiles } from './figure-tiles.ts';

const TILES = figuresOf(
  'satisfaction',
  'satisfied',
  'survey_answered',
  'customers',
  'tickets_per_customer',
  'reopened',
  'repeat_contacts',
  'replies_after_closing',
);

const COLUMNS = figuresOf('opened', 'first_reply_open_median', 'satisfaction', 'repeat_contacts', 'escalated');

/** What customers say, how often they must ask, and who asks most. */
export async function customersMain(queries: Queries, asked: Asked): Promise<Html> {
  const content = figuresOf('satisfaction');
  const again = figuresOf('reopened', 'repeat_contacts');
  return html`${figureTiles(await compare(queries, { ...asked, figures: TILES }), asked)}
  ${await figureLines(queries, { id: 'satisfaction', title: 'Satisfaction', figures: content, asked })}
  ${await figureLines(queries, { id: 'again', title: 'Not solved for good', figures: again, asked })}
  ${await figureGroups(queries, { id: 'by-segment', title: 'By segment', by: 'segment', figures: COLUMNS, asked })}
  ${await figureGroups(queries, { id: 'by-customer', title: 'Who asks most', by: 'customer', figures: COLUMNS, asked })}`;
}
