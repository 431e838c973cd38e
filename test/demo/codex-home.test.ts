import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codexConfiguration, writeCodexHome } from '../../source/demo/codex-home.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'codex-home-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

test('the configuration has the model on loopback, nothing else to talk to, and the settings that were given', () => {
  expect(codexConfiguration({ url: 'http://127.0.0.1:1/v1', streamMaxRetries: 0 })).toBe(
    `model = "gpt-5.5"
model_provider = "scripted"
features.plugins = false
features.apps = false
analytics.enabled = false
otel.metrics_exporter = "none"
[model_providers.scripted]
name = "scripted"
base_url = "http://127.0.0.1:1/v1"
wire_api = "responses"
stream_max_retries = 0
`,
  );
});

test('a project is trusted if that is set', () => {
  const toml = codexConfiguration({ url: 'http://127.0.0.1:1/v1', trustedProject: '/a "b"' });
  expect(toml).toMatch(/\n\[projects\."\/a \\"b\\""\]\ntrust_level = "trusted"\n$/u);
});

test('only the owner may read a CODEX_HOME, even one that existed before', async () => {
  const home = join(directory, 'home');
  await writeCodexHome(home, { url: 'http://127.0.0.1:1/v1' });
  expect(statSync(home).mode & 0o777).toBe(0o700);
  writeFileSync(join(directory, 'config.toml'), 'old', { mode: 0o644 });
  await writeCodexHome(directory, { url: 'http://127.0.0.1:2/v1' });
  expect(statSync(join(directory, 'config.toml')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(directory, 'config.toml'), 'utf8')).toContain('127.0.0.1:2');
});
