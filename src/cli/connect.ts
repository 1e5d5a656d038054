import { Command, InvalidArgumentError } from 'commander';
import type { ConnectOptions } from './connect/options.ts';
import type { MakeCommand } from './terminal.ts';

/** Leads a person through connecting a base, and writes down what came of it. */
export const connectCommand: MakeCommand = (terminal, exit) =>
  new Command('connect')
    .description('connect a base: ask what is needed, make or map its columns, write desk.yaml and .env')
    .argument('<store>', 'the kind of base: airtable or notion')
    .option('--base <base>', 'Airtable: id or name of the base')
    .option('--table <table>', 'Airtable: id or name of a table that there is')
    .option('--new-table <name>', 'Airtable: make a table of that name')
    .option('--page <page>', 'Notion: id, name or link of the page under which to make a database')
    .option('--database <database>', 'Notion: id, name or link of a database that there is')
    .option('--new-database <name>', 'Notion: make a database of that name')
    .option('--column <ours=theirs>', 'a column of theirs for one of ours; may be repeated', collect, {})
    .option('--plan <plan>', "the workspace's plan, which decides how many requests a month there are")
    .option('--adopt', 'let the rows of a table that there is become tickets')
    .option('--views', 'Notion: add our views to a database that there is')
    .option('--move', 'leave the base that the desk has now')
    .option('--yes', 'take what is proposed wherever nothing was said', false)
    .addHelpText('after', '\nSecrets are taken from the environment, or asked for; never from the command line.')
    .action(async (store: string, options: ConnectOptions) => {
      const { runConnect } = await import('./connect/run.ts');
      exit(await runConnect(store, options, terminal));
    });

function collect(written: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, ours, theirs] = /^([^=]+)=(.+)$/.exec(written) ?? [];
  if (ours === undefined || theirs === undefined) {
    throw new InvalidArgumentError('Write it as category=Kind: our name for the column, then theirs.');
  }
  return { ...before, [ours.trim()]: theirs.trim() };
}
