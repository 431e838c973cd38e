import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withoutMet } from '../../../source/core/codex/account-limit.ts';
import { limitFile } from '../../../source/system/state/limit-file.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'limit-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const place = (): string => join(directory, 'limit');
const limit = (until: number) => ({ until, since: 1, said: 'again later', looksInVain: 0 });

describe('the limit of a machine', () => {
  test('that was lifted is none, and is known', async () => {
    const file = limitFile(place());
    await file.writeLimit(limit(5));
    expect(await file.readLimit()).toEqual(limit(5));
    const kept = await file.readKeptLimit();
    await file.liftLimit();
    expect(await file.readLimit()).toBeNull();
    const lifted = withoutMet(kept);
    expect(lifted.lifted).toContain(kept.met?.id);
    expect(await file.readKeptLimit()).toEqual(lifted);
    await file.liftLimit();
    expect(await file.readKeptLimit()).toEqual(lifted);
    await file.writeLimit(limit(6));
    expect((await file.readKeptLimit()).lifted).toEqual(lifted.lifted);
  });

  test('has another id each time that it is met', async () => {
    const file = limitFile(place());
    await file.writeLimit(limit(5));
    const before = await file.readKeptLimit();
    await file.writeLimit(limit(5));
    expect((await file.readKeptLimit()).met?.id).not.toBe(before.met?.id);
  });

  test('is not replaced by a process that has not seen what another one has met since', async () => {
    const [one, other] = [limitFile(place()), limitFile(place())];
    await one.writeLimit(limit(5));
    const read = await one.readKeptLimit();
    await other.writeLimit(limit(6));
    await one.replaceKeptLimit(read, withoutMet(read));
    expect(await one.readLimit()).toEqual(limit(6));
    const met = { id: 'a', limit: limit(7), told: 'hub' };
    await one.replaceKeptLimit(await one.readKeptLimit(), { met, lifted: [] });
    expect(await other.readLimit()).toEqual(limit(7));
  });

  test('of many processes that change it at once is one of theirs', async () => {
    const untils = [1, 2, 3, 4];
    await Promise.all(
      untils.map(async (until) => {
        const file = limitFile(place());
        await file.writeLimit(limit(until));
        const kept = await file.readKeptLimit();
        const found = limit(kept.met!.limit.until + 100);
        const met = { id: `of-${until}`, limit: found, told: 'hub' };
        await file.replaceKeptLimit(kept, { met, lifted: [] });
      }),
    );
    const { until } = (await limitFile(place()).readLimit())!;
    expect(until).toBeGreaterThanOrEqual(100);
    expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('that cannot be read is none, and is removed when it is lifted', async () => {
    await writeFile(`${place()}.json`, '{"version":9}');
    const file = limitFile(place());
    expect(await file.readLimit()).toBeNull();
    await file.liftLimit();
    await expect(readFile(`${place()}.json`)).rejects.toThrow('ENOENT');
  });
});
