import { type Access, isEnough } from '../kit/access.ts';
import { moment } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { TableState } from '../sync/tables.ts';
import type { TeamMember } from './team-rows.ts';
import { countWords } from './words.ts';

/** What the page of the team shows. */
export interface TeamView {
  team: readonly TeamMember[];
  /** The table of the base in which agents are; null where all are in people.yaml. */
  table: Pick<TableState, 'table' | 'address' | 'problem'> | null;
  /** Who looks at it. */
  person: string;
  access: Access;
  csrfToken: string;
  timeZone: string;
}

const PRESENCE: Readonly<Record<TeamMember['presence'], string>> = {
  here: 'Here',
  away: 'Away',
  away_by_config: 'Away, as people.yaml says',
  time_off: 'Days off',
  off_shift: 'Off shift',
};

/** Who works here, who is here now, and the switch by which somebody goes away and comes back. */
export function teamMain(view: TeamView): Html {
  return html`<section class="td-team" aria-labelledby="team-title">
    <h1 id="team-title">Team</h1>
    <p class="text-secondary">
      Who is away keeps their tickets and gets no new ones. Who comes back is offered what waits, the most urgent first.
    </p>
    ${tableLine(view)}
    ${view.team.length === 0 ? html`<p>Nobody works here yet: nobody is named as an agent.</p>` : list(view)}
  </section>`;
}

/** Where skills, shifts and caps are edited, when that is a table of the base. */
function tableLine({ table }: TeamView): Html | null {
  if (table === null) return null;
  const { table: name, address, problem } = table;
  const place = address === null ? html`<bdi>${name}</bdi>` : html`<a href="${address}"><bdi>${name}</bdi></a>`;
  return html`<p class="text-secondary">
    Agents are kept in the table ${place} of the base.
    ${problem === null ? null : html`<a href="/health#tables">It could not be read the last time.</a>`}
  </p>`;
}

function list(view: TeamView): Html {
  return html`<ul class="card td-team-list">
    ${view.team.map((member) => html`<li>${memberRow(view, member)}</li>`)}
  </ul>`;
}

function memberRow(view: TeamView, member: TeamMember): Html {
  const { agent, queues, open, presence } = member;
  const load = agent.cap === null ? countWords(open, 'open ticket') : `${open} of ${agent.cap} open tickets`;
  return html`<div>
      <strong><bdi>${agent.name}</bdi></strong
      >${agent.name === view.person ? ' (you)' : null}
      ${agent.skills.length === 0 ? null : html`<small><bdi>${agent.skills.join(', ')}</bdi></small>`}
    </div>
    <div>
      ${load}<small>in <bdi>${queues.join(', ') || 'no queue'}</bdi></small>
    </div>
    <div>
      <span class="td-presence" data-presence="${presence === 'here' ? 'here' : 'gone'}">${PRESENCE[presence]}</span
      >${since(view, member)}
    </div>
    ${toggle(view, member)}`;
}

function since({ timeZone }: TeamView, { backAt, switched, presence }: TeamMember): Html | null {
  if (backAt !== null) return html`<small>back ${moment(backAt, timeZone)}</small>`;
  if (switched === null) return null;
  const what = presence === 'away' ? 'switched by' : 'switched back by';
  return html`<small>${what} <bdi>${switched.by}</bdi>, ${moment(switched.at, timeZone)}</small>`;
}

/** Everybody has the switch of everybody: a lead sends somebody home who forgot it, and the page says who did. */
function toggle({ access, csrfToken }: TeamView, { agent, presence }: TeamMember): Html | null {
  if (!isEnough(access, 'agent')) return null;
  const isAway = presence === 'away';
  const words = isAway ? 'Back' : 'Away';
  return html`<form method="post" action="/team/away">
    ${hiddenFields({ _csrf: csrfToken, agent: agent.name, away: isAway ? 'no' : 'yes' })}
    <button class="btn btn-sm" type="submit" aria-label="${words}: ${agent.name}">
      ${icon(isAway ? 'undo' : 'pause')}${words}
    </button>
  </form>`;
}
