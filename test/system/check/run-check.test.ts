import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { maxTailLength } from '../../../source/core/check/tail.ts';
import {
  runCheck,
  type CheckResult,
  type CheckRun,
} from '../../../source/system/check/run-check.ts';
import { sweepSession } from '../../../source/system/process/session-processes.ts';
import { codexPath } from '../../helpers/codex.ts';
import { processesUnder } from '../../helpers/processes.ts';
import { until } from '../../helpers/until.ts';
import { makeWorkspace, type Workspace } from '../../helpers/workspace.ts';

// The real Codex and its sandbox, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let workspace: Workspace;
let uuid: string;
let outputPath: string;

beforeEach(async () => {
  workspace = await makeWorkspace();
  uuid = randomUUID();
  outputPath = join(workspace.state, 'check-1.txt');
  vi.stubEnv('CODEX_HOME', workspace.codexHome);
  vi.stubEnv('HOME', workspace.home);
  vi.stubEnv('AUTONOMOUS_TUI_SESSION', undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await sweepSession({ uuid, leader: null }, 0);
  await workspace.remove();
});

function start(command: string, given: Partial<CheckRun> & { network?: boolean } = {}) {
  const { network = false, ...others } = given;
  return runCheck({
    check: { command, network },
    sandbox: 'workspace-write',
    project: workspace.project,
    codex: codexPath,
    writable: [workspace.project],
    arguments: [],
    toolEnvironment: 'codex',
    uuid,
    outputPath,
    timeoutMs: 30_000,
    interruptGraceMs: 200,
    terminateGraceMs: 200,
    ...others,
  });
}

const run = (...call: Parameters<typeof start>): Promise<CheckResult> => start(...call).done;
const output = (): string => fs.readFileSync(outputPath, 'utf8');
const inProject = (name: string): string => join(workspace.project, name);
/** Those of the check, whichever namespace they see themselves in. */
const living = (): string[] => processesUnder(workspace.directory).map(({ command }) => command);

describe.each(['workspace-write', 'danger-full-access'] as const)('in %s a check', (sandbox) => {
  test('that ends with 0 has passed, and its output is kept as it came', async () => {
    const found = await run('echo "$PWD"; echo told >&2; cat; echo again > /dev/stderr', {
      sandbox,
    });
    expect(found).toMatchObject({ outcome: 'passed', exitCode: 0, signal: null });
    expect(found.tail).toBe(`${workspace.project}\ntold\nagain`);
    expect(output()).toBe(`${found.tail}\n`);
    expect(fs.statSync(outputPath).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(workspace.state)).toEqual(['check-1.txt']);
  });

  test('that ends with another code has failed with that code, one that means a missing program, too', async () => {
    expect(await run('echo no; exit 101', { sandbox })).toMatchObject({
      outcome: 'failed',
      exitCode: 101,
      tail: 'no',
    });
    const missing = await run('no-such-program --all', { sandbox });
    expect(missing).toMatchObject({ outcome: 'failed', exitCode: 127 });
    expect(missing.tail).toMatch(/no-such-program.*not found/u);
  });

  test('that takes too long is ended with all that it started', async () => {
    const command = 'trap "" INT TERM; sleep 4711 & (setsid sleep 4711 &) ; echo begun; sleep 4711';
    const found = await run(command, { sandbox, timeoutMs: 300 });
    expect(found).toMatchObject({ outcome: 'timed out', tail: 'begun' });
    expect(living()).toEqual([]);
  });

  test('that is cancelled is ended with all that it started', async () => {
    const running = start('sleep 4711 & touch begun; sleep 4711', { sandbox });
    await until('it has begun', () => fs.existsSync(inProject('begun')));
    running.cancel();
    expect((await running.done).outcome).toBe('interrupted');
    expect(living()).toEqual([]);
  });

  test('leaves nothing behind that goes on, and is not held up by it', async () => {
    const found = await run('sleep 4711 & (setsid sh -c "sleep 4711" &) ; echo done', { sandbox });
    expect(found).toMatchObject({ outcome: 'passed', tail: 'done' });
    expect(found.durationMs).toBeLessThan(20_000);
    expect(living()).toEqual([]);
  });

  test('carries the marker of its session, and sees of the environment what a session sees', async () => {
    vi.stubEnv('SOME_SECRET', 'hush');
    const words = 'echo "$AUTONOMOUS_TUI_SESSION [$SOME_SECRET]"; test -n "$PATH$HOME"';
    expect((await run(words, { sandbox })).tail).toBe(`${uuid} [hush]`);
    expect((await run(words, { sandbox, toolEnvironment: 'core' })).tail).toBe(`${uuid} []`);
  });
});

/** Cheaper than the sandbox. */
const direct = { sandbox: 'danger-full-access' } as const;

describe('the output of a check', () => {
  test('may be hundreds of megabytes: the end is kept, in little memory', async () => {
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const found = await run('yes 2>&- | head -c 500000000; echo; echo the end', direct);
    clearInterval(watch);
    expect(found.outcome).toBe('passed');
    expect(found.tail.length).toBeLessThanOrEqual(maxTailLength);
    expect(found.tail).toMatch(/y\n+the end$/u);
    expect(output()).toHaveLength(256 * 1024);
    // What is read waits for the collector on a busy machine; all of it would be 477 MiB.
    expect(most - before).toBeLessThan(200 * 1024 * 1024);
  });

  test('may be binary and full of escapes: none of it is in the tail', async () => {
    const found = await run(
      String.raw`head -c 5000 /dev/urandom; printf '\033]52;c;aGk=\007\033[31mred\033[0m\n'`,
      direct,
    );
    expect(found.tail).toMatch(/red$/u);

    expect(found.tail).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/u);
  });
});

describe('a check was not started', () => {
  test('when Codex is not there', async () => {
    const found = await run('true', { codex: join(workspace.directory, 'nothing') });
    expect(found).toMatchObject({ outcome: 'not started', exitCode: null });
    expect(found.tail).toMatch(/ENOENT/u);
  });

  test("when the user's configuration is broken", async () => {
    fs.writeFileSync(join(workspace.codexHome, 'config.toml'), 'model = [\n');
    const found = await run('true');
    expect(found).toMatchObject({ outcome: 'not started', exitCode: null });
    expect(found.tail).toMatch(/config\.toml/u);
  });

  test('when the project is gone', async () => {
    const found = await run('true', { project: inProject('gone') });
    expect(found.outcome).toBe('not started');
    expect(found.tail).not.toBe('');
  });
});

describe('the sandbox of a check', () => {
  test('lets it write the project, and neither the home nor the repository', async () => {
    fs.mkdirSync(inProject('.git'));
    await run('echo a > a; echo b > ~/b; echo c > .git/c; echo d > ../d; true');
    expect(fs.readdirSync(workspace.project).sort()).toEqual(['.git', 'a']);
    expect(fs.readdirSync(inProject('.git'))).toEqual([]);
    expect(fs.readdirSync(workspace.home)).toEqual([]);
    expect(fs.existsSync(join(workspace.directory, 'd'))).toBe(false);
  });

  test('is not there with full access', async () => {
    await run('echo b > ~/b', { sandbox: 'danger-full-access' });
    expect(fs.readdirSync(workspace.home)).toEqual(['b']);
  });

  test('has a network only where the check may use it', async () => {
    const server = createServer((_request, response) => response.end('hello\n')).listen(
      0,
      '127.0.0.1',
    );
    await until('it listens', () => server.listening);
    const { port } = server.address() as AddressInfo;
    const get = `"${process.execPath}" -e 'fetch("http://127.0.0.1:${port}").then((r) => r.text()).then(console.log)'`;
    expect((await run(get)).outcome).toBe('failed');
    expect(await run(get, { network: true })).toMatchObject({ outcome: 'passed', tail: 'hello' });
    server.close();
  });

  test("is decided neither by the project's configuration nor by the user's", async () => {
    const wide = 'sandbox_mode = "danger-full-access"\n';
    const open = '[sandbox_workspace_write]\nnetwork_access = true\n';
    fs.mkdirSync(inProject('.codex'));
    fs.writeFileSync(
      inProject('.codex/config.toml'),
      `${wide}${open}writable_roots = [${JSON.stringify(workspace.home)}]\n`,
    );
    fs.writeFileSync(
      join(workspace.codexHome, 'config.toml'),
      `${wide}${open}[projects.${JSON.stringify(workspace.project)}]\ntrust_level = "trusted"\n`,
    );
    const found = await run('echo b > ~/b; echo "[$CODEX_SANDBOX_NETWORK_DISABLED]"');
    expect(found.tail).toMatch(/\[1\]$/u);
    expect(fs.readdirSync(workspace.home)).toEqual([]);
  });
});
