import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { surenessWords } from '../domain/opinion.ts';
import { ticketName } from '../domain/ticket.ts';
import type { Explained } from './desk-reader.ts';
import type { MakeCommand } from './terminal.ts';

/** Prints why a ticket stands as it does: each decision with its sentence, evidence and source. */
export const explainCommand: MakeCommand = (terminal) =>
  new Command('explain')
    .description('say why a ticket went where it went, decision by decision')
    .argument('<ticket>', 'its number: T-1042 or 1042', numberOf)
    .action(async (number: number) => {
      const [{ readEnvironment, readFolder }, { readExplained }] = await Promise.all([
        import('../main.ts'),
        import('./desk-reader.ts'),
      ]);
      const environment = readEnvironment(terminal.env);
      const config = await readFolder(environment.TABLEDESK_CONFIG, terminal.env);
      // While the config cannot be read nobody knows how the desk calls its tickets.
      const loaded = 'findings' in config ? null : config.loaded;
      const name = 'findings' in config ? `${number}` : ticketName(config.loaded.policy.desk.prefix, number);
      terminal.stdout.write(
        chain(name, await readExplained(number, environment, loaded), environment.TABLEDESK_CONFIG),
      );
    });

function numberOf(written: string): number {
  const digits = /^(?:[^\d-]+-)?(\d{1,15})$/.exec(written.trim())?.[1];
  if (digits === undefined) throw new InvalidArgumentError('A ticket is named by its number, such as T-1042.');
  return Number(digits);
}

/** The chain of decisions, oldest first, each under the moment at which it was made. */
function chain(name: string, { ticket, decisions }: Explained, folder: string): string {
  const head = [
    `${name} ${ticket.subject}`,
    `${[ticket.status, ticket.priority, ticket.category].filter((said) => said !== null).join(', ')}; owner ${ticket.owner}`,
    ...dueLine('First answer due', ticket.firstResponseDueAt),
    ...dueLine('Resolution due', ticket.resolutionDueAt),
  ];
  const lines = decisions.flatMap((decision) => [
    `${local(decision.at)}  ${decision.stage.padEnd(7)}  ${decision.sentence}`,
    `${INDENT}${sourceOf(decision)}${placeOf(decision, folder)}, config ${decision.configVersion}`,
    ...saidLines(decision),
    ...lostLines(decision),
  ]);
  return `${[...head, '', ...lines].join('\n')}\n`;
}

/** As wide as the moment and the stage, so that what belongs to a sentence stands under it. */
const INDENT = ' '.repeat(27);

/** Where its rule stands, as terminals make it a link; of an older config the line may have moved since. */
function placeOf({ rule }: Explained['decisions'][number], folder: string): string {
  return rule === null ? '' : ` at ${join(folder, rule.file)}:${rule.line}`;
}

/** What the rule waits for and does, where the sentence does not tell, and how sure whoever guessed was. */
function saidLines({ says, confidence, threshold, runnerUp }: Explained['decisions'][number]): readonly string[] {
  const rule = says === null ? [] : [`when ${says.trigger}`, ...says.logic];
  const sure = confidence === null || threshold === null ? [] : [surenessWords({ confidence, threshold, runnerUp })];
  return [...rule, ...sure].map((line) => `${INDENT}  ${line}`);
}

/** Worked out from the config of that time, with what is known of the ticket now where no decision says what was. */
function lostLines({ lost }: Explained['decisions'][number]): readonly string[] {
  if (lost === null) return [];
  const others = lost.others === 0 ? [] : [`${INDENT}  and ${lost.others} more further off`];
  return [...lost.rules.map(({ name, place, why }) => `${INDENT}- not "${name}" (${place}): ${why}`), ...others];
}

function sourceOf({ source }: Explained['decisions'][number]): string {
  switch (source.kind) {
    case 'rule':
      return `rule "${source.name}" of ${source.owner}`;
    case 'default':
      return 'the default';
    default:
      return `${source.kind} ${source.name}`;
  }
}

function dueLine(what: string, at: string | null): string[] {
  return at === null ? [] : [`${what} ${local(at)}`];
}

/** In the time zone of whoever reads it. */
function local(at: string): string {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(Intl.DateTimeFormat().resolvedOptions().timeZone);
  return zoned.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
