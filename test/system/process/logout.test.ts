import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { killsUserProcesses } from '../../../source/system/process/logout.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'logind-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

describe('a logout', () => {
  test('ends nothing by default', async () => {
    expect(killsUserProcesses(root)).toBe(false);
    await put('etc/systemd/logind.conf', '[Login]\n#KillUserProcesses=yes\n');
    expect(killsUserProcesses(root)).toBe(false);
  });

  test('ends a user’s processes if logind is configured to', async () => {
    await put('etc/systemd/logind.conf', '[Login]\nKillUserProcesses=yes\n');
    expect(killsUserProcesses(root)).toBe(true);
  });

  test('the administrator’s setting overrides the distribution’s, and drop-ins override both', async () => {
    await put('usr/lib/systemd/logind.conf', 'KillUserProcesses=yes\n');
    await put('etc/systemd/logind.conf.d/10-quiet.conf', 'KillUserProcesses = no\n');
    expect(killsUserProcesses(root)).toBe(false);
    await put('etc/systemd/logind.conf.d/20-strict.conf', 'KillUserProcesses=1\n');
    expect(killsUserProcesses(root)).toBe(true);
  });
});
