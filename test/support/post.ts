import { type Agent, request } from 'node:http';

/** A request to send. */
export interface Post {
  /** By which it is known afterwards. */
  marker: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What became of it. */
export interface Answer {
  marker: string;
  /** Null when there was no answer: the connection was refused, or ended. */
  status: number | null;
  /** The id that the answer names. */
  id: string | null;
  /** From the moment at which it was to be sent to its answer. */
  milliseconds: number;
  /** When the answer came, on the clock of `performance.now()`. */
  at: number;
}

/** Sends one, and never fails: no answer is an outcome like others. */
export function post(
  { address, agent, toBeSentAt }: { address: string; agent: Agent; toBeSentAt: number },
  { marker, path, headers, body }: Post,
): Promise<Answer> {
  return new Promise((resolve) => {
    function end(status: number | null, id: string | null): void {
      const at = performance.now();
      resolve({ marker, status, id, milliseconds: at - toBeSentAt, at });
    }
    const sent = request(`${address}${path}`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => end(response.statusCode ?? null, idIn(Buffer.concat(chunks).toString())));
      response.once('error', () => end(null, null));
    });
    sent.once('error', () => end(null, null));
    sent.end(body);
  });
}

function idIn(body: string): string | null {
  return /"id":"(\w+)"/.exec(body)?.[1] ?? null;
}

/** Whether a sender may take it for received. */
export function isAcknowledged({ status }: Answer): boolean {
  return status !== null && status >= 200 && status < 300;
}
