import { describe, expect, it } from 'vitest';
import { readMultipart, readMultipartBytes, readPart } from '../../src/kit/multipart.ts';

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
    expect(readPart(TYPE, body, 1)).toHaveLength(0);
    expect(readPart(TYPE, body, 3)).toBeNull();
  });

  it('are known by what follows the last slash of their path', () => {
    const head = 'name="f"; filename="C:/docs/a.txt"\r\nContent-Type: text/plain';
    expect(readMultipart(TYPE, aBody({ head, bytes: Buffer.from('x') })).files[0]?.name).toBe('a.txt');
  });
});

describe('fields of a form', () => {
  const latin = {
    head: 'name="who"\r\nContent-Type: text/plain; charset=ISO-8859-1',
    bytes: Buffer.from([0x5a, 0xeb]),
  };

  it('are read in the characters that they name, or byte by byte', () => {
    expect(readMultipart(TYPE, aBody(latin)).fields).toEqual([['who', 'Zë']]);
    const bytes = { head: 'name="mail"', bytes: Buffer.from('Zë') };
    expect(readMultipartBytes(TYPE, aBody(bytes)).fields).toEqual([['mail', Buffer.from('Zë')]]);
  });

  it('come as far as a body goes that breaks off', () => {
    const whole = aBody(
      { head: 'name="a"', bytes: Buffer.from('one') },
      { head: 'name="b"', bytes: Buffer.from('two') },
    );
    const fields = readMultipart(TYPE, whole.subarray(0, whole.indexOf('wo'))).fields;
    expect(fields).toEqual([
      ['a', 'one'],
      ['b', 't'],
    ]);
  });

  it('may hold lines that look like the seam', () => {
    const bytes = Buffer.from('--seams\r\n --seam\r\n--seam-');
    expect(readMultipart(TYPE, aBody({ head: 'name="a"', bytes })).fields).toEqual([['a', bytes.toString()]]);
  });

  it('cannot be told apart without a boundary, or under headers without end', () => {
    const code = 'request.not-multipart';
    expect(() => readMultipart('multipart/form-data', aBody(latin))).toThrow(expect.objectContaining({ code }));
    const endless = Buffer.from(`--seam\r\n${'a: b\r\n'.repeat(100_000)}`);
    expect(() => readMultipart(TYPE, endless)).toThrow(expect.objectContaining({ code }));
  });
});
