import type { Router } from 'express';

/** What express knows of its routes; the types keep quiet about it. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** Every route of a router and of those within it, as `GET /tickets/:number`. */
export function routesOf(router: Router): string[] {
  const layers = (router as unknown as { stack: Layer[] }).stack;
  return layers.flatMap((layer) => {
    if (layer.route === undefined)
      return layer.handle.stack === undefined ? [] : routesOf(layer.handle as unknown as Router);
    const { path, methods } = layer.route;
    return Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`);
  });
}
