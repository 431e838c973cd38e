import { describe, expect, test, vi } from 'vitest';
import { leaseDurations } from '../../../source/core/lease/durations.ts';
import type { Lease } from '../../../source/core/lease/lease.ts';
import { bootClock } from '../../../source/system/boot-clock.ts';
import { holdLease } from '../../../source/system/warden/held-lease.ts';
import { until } from '../../helpers/until.ts';

const { interruptMs } = leaseDurations;
const watch = { path: '/somewhere/lease.json', interruptMs };
const lasting = (ms: number, changes: Partial<Lease> = {}): Lease => ({
  ...{ epoch: 1, nonce: 'a claim', hubStart: 'a start', endsAt: bootClock() + ms },
  ...changes,
});
const hanging = new Promise<never>(() => {});

describe('a warden decides', () => {
  test('by the lease that its runner renews', async () => {
    let written: Lease | null = lasting(interruptMs - 1);
    const held = await holdLease(watch, () => Promise.resolve(written));
    expect(held.decide()).toBe('interrupt');
    written = lasting(30_000);
    expect(await held.look()).toBe('let it work');
    written = lasting(interruptMs - 1);
    // What was confirmed stays confirmed.
    expect(await held.look()).toBe('let it work');
  });

  test('by its own copy while the disk hangs, and kills when that ends', async () => {
    const read = vi.fn<() => Promise<Lease>>();
    read.mockResolvedValueOnce(lasting(300)).mockReturnValue(hanging);
    const held = await holdLease({ ...watch, interruptMs: 0 }, read);
    void held.look();
    expect(await held.look()).toBe('let it work');
    await until('the lease has ended', async () => (await held.look()) === 'kill', { everyMs: 5 });
    expect(read).toHaveBeenCalledTimes(2);
  });

  test.each<[string, Lease | null]>([
    ['a lease that ends once', lasting(-1)],
    ['a lease that is gone once', null],
  ])('by %s, for ever', async (_what, ended) => {
    let written: Lease | null = ended;
    const held = await holdLease(watch, () => Promise.resolve(written));
    expect(held.decide()).toBe('kill');
    written = lasting(30_000);
    expect(await held.look()).toBe('kill');
  });

  test.each([
    ['epoch', { epoch: 2 }],
    ['nonce', { nonce: 'another claim' }],
  ])('without regard to a lease of another %s', async (_what, changes) => {
    let written = lasting(interruptMs - 1);
    const held = await holdLease(watch, () => Promise.resolve(written));
    written = lasting(30_000, changes);
    expect(await held.look()).toBe('interrupt');
  });
});
