import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** RFC 6455, section 1.3. */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** One line to a client of a web socket: texts only, each in one frame. */
export interface SocketLine {
  say(text: string): void;
  /** What the client said so far. */
  heard: string[];
  /** Breaks off without a word. */
  cut(): void;
}

/** A server of web sockets on loopback, for what calls one. It speaks as much of RFC 6455 as short texts need. */
export async function aSocketServer(
  onLine: (line: SocketLine) => void,
): Promise<{ address: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('upgrade', ({ headers }, socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${MAGIC}`).digest('base64');
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write([...lines, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'));
    const heard: string[] = [];
    socket.on('data', (bytes: Buffer) => heard.push(...textsIn(bytes)));
    onLine({ say: (text) => void socket.write(frameOf(text)), heard, cut: () => void socket.destroy() });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `ws://127.0.0.1:${port}/link`,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** A text of up to 65,535 bytes, from a server: not masked. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  const head = body.length < 126 ? [0x81, body.length] : [0x81, 126, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from(head), body]);
}

/** The texts of masked frames that came whole. */
function textsIn(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at + 6 <= bytes.length;) {
    const [opcode, short] = [(bytes[at] ?? 0) & 15, (bytes[at + 1] ?? 0) & 127];
    const [length, head] = short === 126 ? [bytes.readUInt16BE(at + 2), 4] : [short, 2];
    const [mask, body] = [
      bytes.subarray(at + head, at + head + 4),
      bytes.subarray(at + head + 4, at + head + 4 + length),
    ];
    if (opcode === 1) texts.push(Buffer.from(body.map((byte, n) => byte ^ (mask[n % 4] ?? 0))).toString());
    at += head + 4 + length;
  }
  return texts;
}
