import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response, Router } from 'express';
import express from 'express';

const FOLDER = join(import.meta.dirname, 'assets');

const PACKAGES = createRequire(import.meta.url);

/** The typeface: its own style sheet says which file holds which letters, so that a browser takes what it needs. */
const TYPEFACE = PACKAGES.resolve('@fontsource-variable/inter/wght.css');

/** What pages ask for, and where it stands. */
const FILES = {
  'tabler.css': PACKAGES.resolve('@tabler/core/dist/css/tabler.min.css'),
  'console.css': join(FOLDER, 'console.css'),
  'reports.css': join(FOLDER, 'reports.css'),
  'console.js': join(FOLDER, 'console.js'),
  'icon.svg': join(FOLDER, 'icon.svg'),
} as const;

export type AssetName = keyof typeof FILES | 'typeface.css';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** A year: the address holds a hash of the content, so another content has another address. */
const KEEP = 'public, max-age=31536000, immutable';

interface Asset {
  /** With the hash of its content: `console.1f0e7a8c24b9.css`. */
  name: string;
  type: string;
  content: Buffer;
  /** Packed at first use and kept: the style sheet shrinks to an eighth. Null for what is packed already. */
  packed: (() => Promise<Buffer>) | null;
}

/** The style sheets, the typeface, the script and the icon, from memory, at addresses that never change their content. */
export interface Assets {
  router: Router;
  addressOf(name: AssetName): string;
}

export function createAssets(): Assets {
  const fonts = new Map<string, Asset>();
  const typeface = typefaceOf(fonts);
  const files = Object.entries(FILES).map(([name, file]) => [name, assetOf(name, readFileSync(file))] as const);
  const byName = new Map<string, Asset>([...files, ['typeface.css', typeface]]);
  const byAddress = new Map([...byName.values(), ...fonts.values()].map((asset) => [asset.name, asset]));
  const router = express.Router();
  router.get('/assets/:name', async (request: Request<{ name: string }>, response, next) => {
    const asset = byAddress.get(request.params.name);
    if (asset === undefined) return next();
    return send(asset, request, response);
  });
  return { router, addressOf: (name) => `/assets/${byName.get(name)?.name ?? name}` };
}

/** The typeface's style sheet, with its files at our addresses. */
function typefaceOf(fonts: Map<string, Asset>): Asset {
  const sheet = readFileSync(TYPEFACE, 'utf8').replaceAll(/url\(\.\/(files\/([\w-]+\.woff2))\)/g, (_all, ...found) => {
    const [path, name] = found.map(String);
    const font = assetOf(name ?? '', readFileSync(join(dirname(TYPEFACE), path ?? '')));
    fonts.set(font.name, font);
    return `url(/assets/${font.name})`;
  });
  return assetOf('typeface.css', Buffer.from(sheet));
}

function assetOf(name: string, content: Buffer): Asset {
  const [stem = '', ending = ''] = name.split('.');
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  let packing: Promise<Buffer> | null = null;
  return {
    name: `${stem}.${hash}.${ending}`,
    type: TYPES[ending] ?? 'application/octet-stream',
    content,
    packed: ending === 'woff2' ? null : () => (packing ??= promisify(gzip)(content)),
  };
}

async function send(asset: Asset, request: Request, response: Response): Promise<void> {
  response.set({ 'Content-Type': asset.type, 'Cache-Control': KEEP, Vary: 'Accept-Encoding' });
  response.set('X-Content-Type-Options', 'nosniff');
  if (asset.packed === null || request.acceptsEncodings('gzip') !== 'gzip') return void response.end(asset.content);
  response.set('Content-Encoding', 'gzip').end(await asset.packed());
}
