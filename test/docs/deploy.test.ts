import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Environment } from '../../src/config/environment.ts';
import { ROLES } from '../../src/kit/role.ts';

const run = promisify(execFile);

const ROOT = resolve(import.meta.dirname, '../..');

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** Of ours, not of Node or of the database's image. */
function unknownVariables(names: readonly string[]): string[] {
  return names.filter((name) => name !== 'NODE_ENV' && !(name in Environment.shape));
}

const Compose = z.object({
  services: z.object({
    tabledesk: z.object({
      build: z.literal('.'),
      environment: z.record(z.string(), z.string()),
      volumes: z.array(z.string()),
      depends_on: z.object({ database: z.object({ condition: z.literal('service_healthy') }) }),
    }),
    database: z.object({ image: z.string(), healthcheck: z.object({ test: z.array(z.string()) }) }),
  }),
});

const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string() }),
        }),
      ),
    }),
  ),
});

const Pod = z.object({
  initContainers: z.tuple([z.object({ command: z.array(z.string()) })]),
  containers: z.tuple([
    z.object({
      args: z.array(z.string()),
      readinessProbe: z.object({ httpGet: z.object({ path: z.literal('/readyz'), port: z.literal('http') }) }),
      livenessProbe: z.object({ httpGet: z.object({ path: z.literal('/healthz'), port: z.literal('http') }) }),
      securityContext: z.object({
        readOnlyRootFilesystem: z.literal(true),
        allowPrivilegeEscalation: z.literal(false),
      }),
      volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
    }),
  ]),
  volumes: z.array(z.object({ name: z.string() })),
});

const Kubernetes = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('Deployment'),
    spec: z.object({
      selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
      template: z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()) }), spec: Pod }),
    }),
  }),
  z.object({ kind: z.literal('Service'), spec: z.object({ selector: z.record(z.string(), z.string()) }) }),
]);

type Deployment = Extract<z.infer<typeof Kubernetes>, { kind: 'Deployment' }>['spec'];

function kubernetes(): readonly z.infer<typeof Kubernetes>[] {
  return parseAllDocuments(read('deploy/kubernetes.yaml')).map((each) => Kubernetes.parse(each.toJS()));
}

function deployments(): readonly Deployment[] {
  return kubernetes().flatMap((each) => (each.kind === 'Deployment' ? [each.spec] : []));
}

const Dashboard = z.object({
  panels: z.array(
    z.object({ id: z.int(), title: z.string(), targets: z.array(z.object({ expr: z.string() })).nonempty() }),
  ),
});

describe('what a service is run with', () => {
  it('sets variables that are read, in compose.yaml, and mounts what the image asks for', () => {
    const { tabledesk } = Compose.parse(parse(read('compose.yaml'))).services;
    expect(unknownVariables(Object.keys(tabledesk.environment))).toEqual([]);
    const image = read('Dockerfile');
    const folders = ['TABLEDESK_CONFIG', 'TABLEDESK_DATA'].map((name) => new RegExp(`${name}=(\\S+)`).exec(image)?.[1]);
    expect(tabledesk.volumes.map((each) => each.split(':')[1])).toEqual(folders);
  });

  it('sets variables that are read, in the image, which starts the command as nobody of note', () => {
    const image = read('Dockerfile');
    const set = [...image.matchAll(/^(?:ENV| {3,})\s*([A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(set).toEqual(['NODE_ENV', 'TABLEDESK_CONFIG', 'TABLEDESK_DATA']);
    expect(unknownVariables(set)).toEqual([]);
    expect(image.indexOf('USER node')).toBeGreaterThan(image.lastIndexOf('RUN '));
    const command = /ENTRYPOINT \["node", "\/opt\/tabledesk\/(.*)"\]/.exec(image)?.[1] ?? '';
    expect(existsSync(join(ROOT, command))).toBe(true);
  });

  it('leaves out of the image what is nobody else’s, and what tests alone need', () => {
    expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['.env', 'data', 'node_modules', 'test']));
  });

  it('sets variables that are read, in the unit for systemd, and starts the command', () => {
    const unit = read('deploy/tabledesk.service');
    const set = [...unit.matchAll(/^Environment=([A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(set).toEqual(['TABLEDESK_CONFIG', 'TABLEDESK_DATA']);
    expect(unknownVariables(set)).toEqual([]);
    expect(unit).toMatch(/^ExecStart=.*\/bin\/tabledesk\.js start$/m);
  });

  it('has an alert for each line of the guide’s table', () => {
    const alerts = Alerts.parse(parse(read('deploy/alerts.yaml'))).groups.flatMap(({ rules }) => rules);
    const watched = (text: string) => /\btabledesk_\w+(?:\{state="\w+"\})?/.exec(text)?.[0];
    const lines = read('docs/operate.md').match(/^\| `tabledesk_.*$/gm) ?? [];
    expect(lines.map(watched).toSorted()).toEqual(alerts.map(({ expr }) => watched(expr)).toSorted());
  });

  it('has a deployment for each role but all, and a service that leads to those with doors', () => {
    const roles = deployments().map(({ template }) => {
      const [{ args, volumeMounts }] = template.spec.containers;
      expect(template.spec.volumes.map(({ name }) => name)).toEqual([
        'packed',
        ...volumeMounts.map(({ name }) => name),
      ]);
      expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/config', '/data', '/tmp']);
      return args.at(-1);
    });
    expect(roles.toSorted()).toEqual(ROLES.filter((role) => role !== 'all').toSorted());
    for (const { selector, template } of deployments()) expect(template.metadata.labels).toEqual(selector.matchLabels);
    const services = kubernetes().flatMap((each) => (each.kind === 'Service' ? [each.spec.selector] : []));
    expect(services).toEqual([{ app: 'tabledesk', role: 'web' }]);
  });

  it('unpacks the config where it is read, folders and all, from what the guide packs', async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'tabledesk-deploy-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [packed, unpacked] = [join(folder, 'packed'), join(folder, 'config')];
    await mkdir(packed);
    const [, pack = ''] = /^(tar .*) \| kubectl create configmap/m.exec(read('docs/operate.md')) ?? [];
    await run('sh', ['-c', `${pack} > "$0"`, join(packed, 'config.tgz')], { cwd: ROOT });
    for (const { template } of deployments()) {
      const [{ command }] = template.spec.initContainers;
      const [program = '', ...args] = command;
      await mkdir(unpacked);
      await run(
        program,
        args.map((arg) => arg.replace('=/packed/', `=${packed}/`).replace('=/config', `=${unpacked}`)),
      );
      const written = await readdir(join(ROOT, 'config'), { recursive: true });
      const arrived = await readdir(unpacked, { recursive: true });
      expect(arrived.toSorted()).toEqual(written.toSorted());
      await rm(unpacked, { recursive: true });
    }
  });

  it('has a dashboard whose panels each ask something, under a number of their own', () => {
    const { panels } = Dashboard.parse(JSON.parse(read('deploy/grafana.json')));
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.flatMap(({ targets }) => targets).every(({ expr }) => expr.includes('tabledesk_'))).toBe(true);
  });
});
