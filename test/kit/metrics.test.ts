import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/kit/metrics.ts';

describe('the figures for monitoring', () => {
  it('count answers by channel and status, and time only those that said yes', async () => {
    const metrics = createMetrics();
    metrics.received({ channel: 'website', status: 202, seconds: 0.004 });
    metrics.received({ channel: 'website', status: 401, seconds: 3 });
    const { text } = await metrics.text();
    expect(text).toContain('tabledesk_inbox_requests_total{channel="website",status="202"} 1');
    expect(text).toContain('tabledesk_inbox_requests_total{channel="website",status="401"} 1');
    expect(text).toContain('tabledesk_inbox_acknowledgement_seconds_count 1');
  });

  it('time the runs of a lane, and pass a failure on', async () => {
    const metrics = createMetrics();
    await metrics.timed('inbox', async () => undefined)();
    const failing = metrics.timed('inbox', async () => {
      throw new Error('oops');
    });
    await expect(failing()).rejects.toThrow('oops');
    const { text } = await metrics.text();
    expect(text).toContain('tabledesk_lane_run_seconds_count{lane="inbox",result="done"} 1');
    expect(text).toContain('tabledesk_lane_run_seconds_count{lane="inbox",result="failed"} 1');
  });

  it('are read anew at each request', async () => {
    const metrics = createMetrics();
    const lengths = [3, 5];
    metrics.onRead(async () => [
      { name: 'queue', help: 'Its length.', value: lengths.shift() ?? 0, labels: { state: 'waiting' } },
    ]);
    expect((await metrics.text()).text).toContain('queue{state="waiting"} 3');
    expect((await metrics.text()).text).toContain('queue{state="waiting"} 5');
  });

  it('stay apart from those of another service in the same process', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.repeated('website');
    expect((await other.text()).text).not.toContain('tabledesk_inbox_repeats_total{');
  });
});
