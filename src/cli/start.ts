import { Command } from 'commander';
import { greeting } from './greeting.ts';
import type { MakeCommand } from './terminal.ts';
import { runUntilStopped } from './until-stopped.ts';

/** Runs the service until it is told to stop. */
export const startCommand: MakeCommand = (terminal) =>
  new Command('start').description('run the service: console, request form, hooks').action(async () => {
    const { createLog, readEnvironment, startService } = await import('../main.ts');
    const environment = readEnvironment(terminal.env);
    const log = createLog(environment.LOG_LEVEL, terminal.stderr);
    const service = await startService({ environment, variables: terminal.env, log });
    const sendsMail = environment.SMTP_URL !== undefined;
    const mail = sendsMail ? 'is sent over SMTP_URL' : 'is written and shown, not sent: no SMTP_URL';
    terminal.stdout.write(greeting(service, { mail }));
    await runUntilStopped(service, terminal);
  });
