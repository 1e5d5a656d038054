import { Command } from 'commander';
import type { Service } from '../main.ts';
import type { MakeCommand } from './terminal.ts';

/** Runs the service until it is told to stop. */
export const startCommand: MakeCommand = (terminal) =>
  new Command('start').description('run the service: console, request form, hooks').action(async () => {
    const { createLog, readEnvironment, startService } = await import('../main.ts');
    const environment = readEnvironment(terminal.env);
    const log = createLog(environment.LOG_LEVEL, terminal.stderr);
    const service = await startService({ environment, variables: terminal.env, log });
    terminal.stdout.write(greeting(service, environment.SMTP_URL !== undefined));
    await toldToStop();
    terminal.stdout.write('\nStopping: what is under way is ended first.\n');
    await service.stop();
  });

/** What somebody who has just started it wants to know. */
function greeting({ address, token, place, config }: Service, sendsMail: boolean): string {
  const forms = Object.values(config.current().channels).filter((channel) => channel.kind === 'form');
  const form = forms[0]?.name;
  return [
    '',
    `  ${config.current().policy.desk.name} is open.`,
    '',
    `  Console       ${address}/`,
    `  Sign in with  ${token}`,
    ...(form === undefined ? [] : [`  Request form  ${address}/forms/${form}`]),
    `  Data          ${place}`,
    `  Mail          ${sendsMail ? 'is sent over SMTP_URL' : 'is written and shown, not sent: no SMTP_URL'}`,
    '',
    ...(form === undefined ? [] : ['  Try it:', '', ...curlLines(`${address}/hooks/${form}`)]),
    '',
  ].join('\n');
}

function curlLines(hook: string): string[] {
  return [
    `  curl ${hook} \\`,
    '    -d name="Greta Holm" -d email=greta@example.com \\',
    '    -d subject="Payment failed twice" -d message="Payment failed twice, my card was charged"',
    '',
  ];
}

/** Resolves at the first request to stop; a second one ends the process at once. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
