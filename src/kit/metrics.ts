import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds up to which acknowledgements are counted: the goal is 0.05, and senders give up at 10. */
const ACKNOWLEDGEMENT_STEPS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];

/** Seconds of one run of a lane; one may take ten minutes. */
const RUN_STEPS = [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300, 600];

/** A figure that is read when somebody asks, such as the length of a queue. */
export interface Reading {
  name: string;
  /** What it says, with its unit. */
  help: string;
  value: number;
  labels?: Readonly<Record<string, string>>;
}

/** What monitoring reads at `/metrics`. Names and labels never hold anything of a customer's. */
export interface Metrics {
  /** A request over a channel was answered. */
  received(request: { channel: string; status: number; seconds: number }): void;
  /** A delivery came that we had already. */
  repeated(channel: string): void;
  /** Work that is counted and timed under the name of its lane. */
  timed(lane: string, work: () => Promise<void>): () => Promise<void>;
  /** Adds figures that are read anew at each request for them. */
  onRead(read: () => Promise<readonly Reading[]>): void;
  /** Everything in the format of Prometheus, and that format's content type. */
  text(): Promise<{ contentType: string; text: string }>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = createCounters(registry);
  const sources: (() => Promise<readonly Reading[]>)[] = [];
  return {
    received({ channel, status, seconds }) {
      counters.requests.inc({ channel, status });
      if (status < 400) counters.acknowledgement.observe(seconds);
    },
    repeated: (channel) => counters.repeats.inc({ channel }),
    timed: (lane, work) => async () => {
      const stop = counters.runs.startTimer({ lane });
      try {
        await work();
        stop({ result: 'done' });
      } catch (error) {
        stop({ result: 'failed' });
        throw error;
      }
    },
    onRead: (read) => void sources.push(read),
    async text() {
      const readings = (await Promise.all(sources.map((read) => read()))).flat();
      for (const reading of readings) show(registry, reading);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function createCounters(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'tabledesk_inbox_requests_total',
      help: 'Requests over a channel, by the status of our answer.',
      labelNames: ['channel', 'status'],
      registers,
    }),
    repeats: new Counter({
      name: 'tabledesk_inbox_repeats_total',
      help: 'Deliveries that had come before.',
      labelNames: ['channel'],
      registers,
    }),
    acknowledgement: new Histogram({
      name: 'tabledesk_inbox_acknowledgement_seconds',
      help: 'From the arrival of a request to our answer that it is on disk.',
      buckets: ACKNOWLEDGEMENT_STEPS,
      registers,
    }),
    runs: new Histogram({
      name: 'tabledesk_lane_run_seconds',
      help: 'Runs of a lane of work, by how they ended.',
      labelNames: ['lane', 'result'],
      buckets: RUN_STEPS,
      registers,
    }),
  };
}

function show(registry: Registry, { name, help, value, labels = {} }: Reading): void {
  const known = registry.getSingleMetric(name);
  const gauge =
    known instanceof Gauge ? known : new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] });
  gauge.set({ ...labels }, value);
}
