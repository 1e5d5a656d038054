import { Command } from 'commander';
import type { Service } from '../main.ts';
import { writeDotEnv } from './dot-env.ts';
import { greeting } from './greeting.ts';
import { outliveOutput } from './outlive-output.ts';
import { dotEnvOf, type MakeCommand, type Terminal } from './terminal.ts';
import { runUntilStopped } from './until-stopped.ts';

/** Runs the service until it is told to stop. */
export const startCommand: MakeCommand = (terminal) =>
  new Command('start')
    .description('run the service: console, request form, hooks')
    .option('--role <role>', 'what this process does, where several share a PostgreSQL: all, web, worker or sweeps')
    .action(({ role }: { role?: string }) => runUntilStopped(terminal, () => start(terminal, role)));

async function start(terminal: Terminal, role: string | undefined): Promise<Service> {
  outliveOutput();
  const { createLog, readEnvironment, startService } = await import('../main.ts');
  const environment = readEnvironment(role === undefined ? terminal.env : { ...terminal.env, TABLEDESK_ROLE: role });
  const log = createLog(environment.LOG_LEVEL, terminal.stderr);
  const secretFile = {
    isOutside: (variable: string) => (terminal.outside ?? new Set(Object.keys(terminal.env))).has(variable),
    write: (variables: Readonly<Record<string, string>>) => writeDotEnv(dotEnvOf(terminal), variables),
  };
  const service = await startService({ environment, variables: terminal.env, log, secretFile });
  const sendsMail = environment.SMTP_URL !== undefined;
  const mail = sendsMail ? 'is sent over SMTP_URL' : 'is written and shown, not sent: no SMTP_URL';
  terminal.stdout.write(greeting(service, { mail, role: environment.TABLEDESK_ROLE }));
  return service;
}
