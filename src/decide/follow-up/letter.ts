import type { Evidence, ReasonParams, Source } from '../../domain/decision.ts';
import { recipientOf, type Ticket } from '../../domain/ticket.ts';
import { obstacleTo } from '../letters.ts';
import type { Because, Turn } from '../turn.ts';

/** A letter to whoever asked, and what is said of it. */
interface Letter {
  key: string;
  template: string;
  gaps?: Readonly<Record<string, string | Temporal.Instant>>;
  leadsTo?: 'survey';
  /** What is said when it goes out, and when it cannot. */
  codes: { sent: string; withheld: string };
  params?: ReasonParams;
  evidence?: readonly Evidence[];
  source: Source;
}

/** Sends a letter, or notes why it cannot go: nobody can be written to, or only a machine. Says whether it goes. */
export function write(turn: Turn, letter: Letter): boolean {
  const to = recipientOf(turn.ticket);
  const obstacle = obstacleTo(turn.ticket);
  if (to === null || obstacle !== null) return withhold(turn, letter, obstacle ?? 'no_address');
  const { key, template, gaps = {}, leadsTo } = letter;
  const leading = leadsTo === undefined ? {} : { leadsTo };
  return turn.send(
    { kind: 'message', key, template, to, gaps, ...leading },
    because(letter, letter.codes.sent, { to }),
  );
}

/** Whether somebody did anything for the customer. */
export function isAnswered({ firstRespondedAt, resolution }: Ticket): boolean {
  return firstRespondedAt !== null || resolution !== null;
}

/** Notes why a letter does not go, which is false. */
export function withhold(turn: Turn, letter: Pick<Letter, 'codes' | 'params' | 'source'>, why: string): false {
  turn.note(because(letter, letter.codes.withheld, { why }));
  return false;
}

function because(
  { params, evidence = [], source }: Pick<Letter, 'params' | 'evidence' | 'source'>,
  code: string,
  more: ReasonParams,
): Because {
  return { stage: 'follow_up', code, params: { ...params, ...more }, evidence, source };
}
