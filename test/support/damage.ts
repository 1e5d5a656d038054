import type { RawRequest } from '../../src/ports/channel.ts';
import { fc } from './properties.ts';

/** What a body may turn into on its way, or in the hands of somebody who means harm. */
export const HOSTILE = [
  '',
  '\0',
  '{',
  '[]',
  'null',
  '"\\ud800"',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  '{"message":"a\\u0000b","email":"a@b.co\\u0000"}',
  `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
  '['.repeat(200_000),
  `{"n":1e999999,"m":${'9'.repeat(5000)}}`,
  'a=1&a[__proto__]=2&__proto__=3&=&&%ZZ=%',
  '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
  `${'x'.repeat(100_000)}@${'y'.repeat(100_000)}`,
];

export const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain; charset=nonsense',
  'application/octet-stream',
  '',
];

/** Signs that mean something to whoever takes a body apart. */
const TELLING = Array.from('\0\n\r"\\{}[],:=&%+-<>@;\u00ff', (sign) => sign.charCodeAt(0));

/**
 * Any of the requests, damaged: bytes changed, pieces missing, doubled or put in, cut short, JSON with other values in
 * it, under another type.
 */
export function damaged(requests: readonly RawRequest[]): fc.Arbitrary<RawRequest> {
  const changes = fc.array(aChange(), { minLength: 1, maxLength: 4 });
  return fc
    .tuple(fc.constantFrom(...requests), changes)
    .map(([request, all]) => all.reduce((sofar, change) => change(sofar), request));
}

type Change = (request: RawRequest) => RawRequest;

function aChange(): fc.Arbitrary<Change> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const byte = fc.oneof(fc.constantFrom(...TELLING), fc.nat(255));
  return fc.oneof(
    fc.tuple(place, byte).map(([at, value]) => onBytes((body) => splice(body, at, { out: 1, put: [value] }))),
    fc.tuple(place, fc.nat(40)).map(([at, out]) => onBytes((body) => splice(body, at, { out, put: [] }))),
    fc
      .tuple(place, fc.constantFrom(...HOSTILE.filter((each) => each.length < 10_000)))
      .map(([at, piece]) => onBytes((body) => splice(body, at, { out: 0, put: Buffer.from(piece) }))),
    fc
      .tuple(place, fc.nat(400))
      .map(([at, length]) =>
        onBytes((body) => splice(body, at, { out: 0, put: body.subarray(at * body.length).subarray(0, length) })),
      ),
    place.map((at) => onBytes((body) => body.subarray(0, at * body.length))),
    fc
      .tuple(fc.nat(), fc.jsonValue({ maxDepth: 3 }))
      .map(([at, value]) => onBytes((body) => withValue(body, at, value))),
    fc.constantFrom(...TYPES).map((type) => (request: RawRequest) => ({
      ...request,
      headers: { ...request.headers, 'content-type': type },
    })),
  );
}

function onBytes(change: (body: Buffer) => Uint8Array): Change {
  return (request) => ({ ...request, body: change(Buffer.from(request.body)) });
}

function splice(body: Buffer, at: number, { out, put }: { out: number; put: Uint8Array | readonly number[] }): Buffer {
  const from = Math.floor(at * body.length);
  return Buffer.concat([body.subarray(0, from), Uint8Array.from(put), body.subarray(from + out)]);
}

/** JSON with another value in one of its places, or the body as it is where it is no JSON. */
function withValue(body: Buffer, at: number, value: unknown): Uint8Array {
  const places: { holder: Record<string, unknown>; name: string }[] = [];
  function collect(held: unknown): unknown {
    if (typeof held !== 'object' || held === null) return held;
    const holder = held as Record<string, unknown>;
    for (const name of Object.keys(holder)) {
      places.push({ holder, name });
      collect(holder[name]);
    }
    return held;
  }
  try {
    const whole = collect(JSON.parse(body.toString()));
    const place = places[at % places.length];
    if (place !== undefined) place.holder[place.name] = value;
    return Buffer.from(JSON.stringify(place === undefined ? value : whole));
  } catch {
    return body;
  }
}
