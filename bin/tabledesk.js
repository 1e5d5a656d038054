#!/usr/bin/env node
/**
 * The command. Plain JavaScript that an old Node understands too: Tabledesk needs Node 26, for TypeScript
 * without a build and for `Temporal`, and a machine that has an older one hands over to the one that
 * `npm ci` brought along.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { quickImports } from './quick-imports.js';

/** The first Node with `Temporal`. */
const NEEDED = 26;

/** Signals that end a service. A terminal sends its own to both of us, so those are not sent on. */
const ENDING = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

const bundled = fileURLToPath(
  new URL(`../node_modules/node/bin/${process.platform === 'win32' ? 'node.exe' : 'node'}`, import.meta.url),
);

if (Number.parseInt(process.versions.node, 10) >= NEEDED) await run();
else if (existsSync(bundled) && process.execPath !== bundled) handOver(bundled);
else refuse();

async function run() {
  // Types are stripped and modules compiled once, not at every start. An old Node does not know it.
  nodeModule.enableCompileCache?.();
  quickImports();
  const outside = readDotEnv();
  const { main } = await import('../src/cli/index.ts');
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr, env, outside });
}

/** Variables of the file `.env` where we are started; what the environment has already stays as it is, and is named. */
function readDotEnv() {
  const outside = new Set(Object.keys(process.env));
  if (existsSync('.env')) process.loadEnvFile('.env');
  return outside;
}

/**
 * Runs the same command on another Node, which gets our input, output and signals; we end as it ends.
 *
 * @param {string} node
 */
function handOver(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ENDING) {
    process.on(signal, () => {
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    throw error;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}

function refuse() {
  process.stderr.write(
    `Tabledesk needs Node ${NEEDED}, and this is Node ${process.versions.node}.\n` +
      'Run `npm ci` in its folder, which brings the right one along, or install Node 26 or later.\n',
  );
  process.exitCode = 1;
}
