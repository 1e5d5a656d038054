/**
 * A process of its own that receives and nothing else, to be killed: database, inbox and HTTP on a data
 * folder. Says on standard output where it listens, or which problem kept it from starting.
 */
import { openDatabase } from '../../src/db/open.ts';
import { Problem } from '../../src/domain/problem.ts';
import { aServer } from './http-server.ts';

const [dataFolder = ''] = process.argv.slice(2);

try {
  const connection = await openDatabase({ dataFolder });
  const server = await aServer(connection, { now: () => Temporal.Now.instant() });
  process.stdout.write(`listening ${server.address}\n`);
} catch (error) {
  process.stdout.write(`problem ${error instanceof Problem ? `${error.code} ${error.message}` : String(error)}\n`);
  process.exitCode = 1;
}
