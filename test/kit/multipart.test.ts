import { describe, expect, it } from 'vitest';
import { readMultipart, readPart } from '../../src/kit/multipart.ts';

const TYPE = 'multipart/form-data; boundary=seam';

function aBody(...parts: readonly { head: string; bytes: Buffer }[]): Buffer {
  const written = parts.flatMap(({ head, bytes }) => [
    Buffer.from(`--seam\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...written, Buffer.from('--seam--\r\n')]);
}

describe('files of a form', () => {
  const large = Buffer.alloc(3_000_000, 7);
  const body = aBody(
    { head: 'name="message"', bytes: Buffer.from('Please look.') },
    { head: 'name="proof"; filename="large.bin"\r\nContent-Type: application/pdf', bytes: large },
    { head: 'name="proof"; filename=""\r\nContent-Type: application/octet-stream', bytes: Buffer.alloc(0) },
    { head: 'name="proof"; filename="note.txt"\r\nContent-Type: text/plain', bytes: Buffer.from('Grüße') },
  );

  it('are told by name, type, size and place, and those that nobody chose are left out', () => {
    expect(readMultipart(TYPE, body)).toEqual({
      fields: [['message', 'Please look.']],
      files: [
        { name: 'large.bin', contentType: 'application/pdf', size: 3_000_000, url: null, part: 0 },
        { name: 'note.txt', contentType: 'text/plain', size: 7, url: null, part: 2 },
      ],
    });
  });

  it('are read again, byte for byte, by their place', () => {
    expect(Buffer.from(readPart(TYPE, body, 0) ?? []).equals(large)).toBe(true);
    expect(Buffer.from(readPart(TYPE, body, 2) ?? []).toString()).toBe('Grüße');
    expect(readPart(TYPE, body, 1)).toEqual(new Uint8Array());
    expect(readPart(TYPE, body, 3)).toBeNull();
  });
});
