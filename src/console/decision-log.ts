import type { Source } from '../domain/decision.ts';
import { surenessWords } from '../domain/opinion.ts';
import { fieldWords } from '../domain/sentences/field-words.ts';
import { moment } from './badges.ts';
import { icon, type Icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { ruleInVersion, versionAddress } from './playbook-address.ts';
import type { TicketView } from './ticket-view.ts';
import type { DecisionRow } from './ticket-rows.ts';
import { type DeskWords, FIELD_WORDS, sourceWords, STAGE_WORDS, valueWords } from './words.ts';

/** So many turns stand open; the older ones are a click away. */
const TURNS_OPEN = 4;

/** Why everything is as it is: what was decided, newest first, one block for each look at the ticket. */
export function decisionLog(view: TicketView): Html {
  const turns = turnsOf(view.file.decisions);
  const { desk } = view.config.policy;
  const older = turns.slice(TURNS_OPEN);
  return html`<section class="td-log" aria-labelledby="log-title">
    <h2 id="log-title">Why it is so</h2>
    <p><a href="/tickets/${view.file.ticket.number}/why">What lost, decision by decision</a></p>
    ${turns.length === 0 ? html`<p class="text-secondary">Nothing has been decided yet.</p>` : null}
    <ol class="td-turns">
      ${turns.slice(0, TURNS_OPEN).map((turn) => turnItem(turn, desk))}
    </ol>
    ${
      older.length === 0
        ? null
        : html`<details class="td-older">
            <summary>Earlier (${older.length})</summary>
            <ol class="td-turns">
              ${older.map((turn) => turnItem(turn, desk))}
            </ol>
          </details>`
    }
  </section>`;
}

/** Decisions of one turn share its instant. */
function turnsOf(decisions: readonly DecisionRow[]): DecisionRow[][] {
  const turns: DecisionRow[][] = [];
  for (const decision of decisions) {
    const turn = turns.at(-1);
    if (turn?.[0]?.at.equals(decision.at) === true) turn.unshift(decision);
    else turns.push([decision]);
  }
  return turns;
}

function turnItem(turn: readonly DecisionRow[], desk: DeskWords): Html | null {
  const [first] = turn;
  if (first === undefined) return null;
  return html`<li class="td-turn">
    <div class="td-turn-head">
      ${moment(first.at, desk.timeZone)}<a
        class="td-version"
        href="${versionAddress(first.configVersion)}"
        title="Version of the config that was in force"
        >config ${first.configVersion.slice(0, 8)}</a
      >
    </div>
    <ul class="td-reasons">
      ${turn.map((decision) => reasonItem(decision, desk))}
    </ul>
  </li>`;
}

function reasonItem(decision: DecisionRow, desk: DeskWords): Html {
  return html`<li class="td-reason">
    <span class="td-reason-sign td-reason-${decision.source.kind}">${icon(signOf(decision.source))}</span>
    <div>
      <p class="td-reason-sentence">
        <span class="visually-hidden">${STAGE_WORDS[decision.stage]}: </span>${decision.sentence}
      </p>
      <p class="td-reason-more">
        ${changeOf(decision, desk)}${sourceOf(decision)}${lostOf(decision)}${evidenceOf(decision)}
      </p>
    </div>
  </li>`;
}

function signOf({ kind }: Source): Icon {
  const signs: Readonly<Record<Source['kind'], Icon>> = {
    rule: 'filter',
    model: 'spark',
    person: 'person',
    policy: 'clock',
    default: 'check',
  };
  return signs[kind];
}

function changeOf({ field, fromValue, toValue }: DecisionRow, desk: DeskWords): Html | null {
  if (field === null) return null;
  const words: Readonly<Record<string, string>> = FIELD_WORDS;
  return html`<span class="td-change"
    ><span>${words[field] ?? field}</span> <del>${valueWords(field, fromValue, desk)}</del
    ><span aria-hidden="true">→</span><span class="visually-hidden"> became </span
    ><ins>${valueWords(field, toValue, desk)}</ins></span
  >`;
}

/** What would have been decided otherwise: the rules that were outranked, or a model's second guess. */
function lostOf({ params, opinion }: DecisionRow): Html | null {
  const lost = params['lost'];
  const outranked = Array.isArray(lost) && lost.length > 0 ? `Outranked: ${lost.join(', ')}` : null;
  const guessed = opinion === null ? null : surenessWords(opinion);
  const words = [outranked, guessed].filter((each) => each !== null);
  return words.length === 0 ? null : html`<span class="td-lost">${words.join(' · ')}</span>`;
}

function evidenceOf({ evidence }: DecisionRow): Html[] {
  return evidence.map((each) =>
    each.kind === 'text'
      ? html`<span class="td-evidence"
          ><span class="visually-hidden">Evidence: </span><q dir="auto">${each.quote}</q></span
        >`
      : html`<span class="td-evidence"
          ><span class="visually-hidden">Evidence: </span><bdi>${fieldWords(each.name)}</bdi>:
          <bdi>${each.value === '' ? 'empty' : each.value}</bdi></span
        >`,
  );
}

/** Whose decision it was; that a default applied is in the sentence already. */
function sourceOf({ source, stage, configVersion }: DecisionRow): Html | null {
  if (source.kind === 'default') return null;
  if (source.kind !== 'rule') return html`<span>${sourceWords(source)}</span>`;
  const line = ruleInVersion(configVersion, { stage, name: source.name });
  return html`<a href="${line}">${sourceWords(source)}</a>`;
}
