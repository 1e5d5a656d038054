import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a request for a chat completion or for vectors says. */
export interface AskedOfModel {
  path: string;
  headers: Readonly<Record<string, string>>;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format?: { type: string; json_schema?: { schema: { properties: Record<string, unknown> } } };
    temperature?: number;
    max_tokens?: number;
    max_completion_tokens?: number;
    reasoning_effort?: string;
    input?: string[];
    encoding_format?: string;
    dimensions?: number;
  };
}

/** What the endpoint does with a request. */
export type Reply =
  | { says: unknown; finish?: string; refusal?: string; usage?: Record<string, unknown> | null }
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | 'silence'
  | 'drip'
  | 'break off'
  | 'cut in the middle';

export interface ModelEndpoint {
  /** With `/v1`. */
  address: string;
  asked: AskedOfModel[];
  /** Whether a request waits for an answer that will not come by itself. */
  isSilent(): boolean;
  close(): Promise<void>;
}

/** Answers on loopback as an endpoint for chat completions does: by what it is asked, or by the number of the request. */
export async function aModelEndpoint(reply: (asked: AskedOfModel, index: number) => Reply): Promise<ModelEndpoint> {
  const asked: AskedOfModel[] = [];
  const sockets = new Set<Socket>();
  let silent = 0;
  const server = createServer((request, response) => void take(request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = JSON.parse(Buffer.concat(chunks).toString()) as AskedOfModel['body'];
    const one = { path: request.url ?? '', headers: request.headers as Record<string, string>, body };
    asked.push(one);
    const answer = reply(one, asked.length - 1);
    if (answer === 'break off') return void request.socket.destroy();
    if (answer === 'silence' || answer === 'drip') {
      silent += 1;
      response.on('close', () => void (silent -= 1));
      if (answer === 'drip') response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices"');
      return;
    }
    if (answer === 'cut in the middle') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write('{"choices": [{"message": {"content": "{');
      return void setImmediate(() => request.socket.destroy());
    }
    const [status, sent] = 'status' in answer ? [answer.status, answer.body ?? {}] : [200, completion(answer)];
    const headers = 'status' in answer ? answer.headers : {};
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof sent === 'string' ? sent : JSON.stringify(sent));
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/v1`,
    asked,
    isSilent: () => silent > 0,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

function completion(answer: Extract<Reply, { says: unknown }>) {
  const { says, finish = 'stop', refusal, usage } = answer;
  const content = typeof says === 'string' || says === null ? says : JSON.stringify(says);
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, refusal: refusal ?? null } }],
    ...(usage === null ? {} : { usage: usage ?? { prompt_tokens: 400, completion_tokens: 50, total_tokens: 450 } }),
  };
}

/** An error as OpenAI words it. */
export function modelError(status: number, error: Record<string, unknown>, headers?: Record<string, string>): Reply {
  return { status, body: { error }, ...(headers && { headers }) };
}
