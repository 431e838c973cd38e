import * as fs from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCodexConfiguration } from '../../source/system/codex-configuration.ts';

let home: string;
let system: string;

beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'codex-configuration-')));
  system = join(home, 'etc');
  fs.mkdirSync(system);
});

afterEach(() => fs.rmSync(home, { recursive: true }));

const read = () => readCodexConfiguration({ CODEX_HOME: home }, system);
const write = (name: string, toml: string): void => fs.writeFileSync(join(home, name), toml);

test('without a file, nothing is writable and nothing trusted', async () => {
  expect(await read()).toEqual({
    writableRoots: [],
    trusted: [],
    untrusted: [],
    profiles: [],
    wantsGoals: false,
  });
});

test('profiles are tables of config.toml, or files of their own', async () => {
  write('config.toml', '[profiles.work]\nmodel = "a"\n\n[profiles."a b"]\nmodel = "b"\n');
  write('night.config.toml', 'model = "c"\n');
  expect((await read()).profiles).toEqual(['night', 'work', 'a b']);
});

test('the roots of every profile count, whichever is chosen, and those of the machine', async () => {
  write(
    'config.toml',
    `
sandbox_workspace_write.writable_roots = ["/data", """/with "quotes" """, '~/builds', "cache"]
[profiles.night.sandbox_workspace_write]
writable_roots = [
  "/night", # a comment
]
[permissions.mine.filesystem]
"/permitted" = "write"
"/readable" = "read"
"/nested" = { "." = "read", "out" = "write" }
":tmpdir" = "write"
`,
  );
  write('fast.config.toml', '[sandbox_workspace_write]\nwritable_roots = ["/fast"]');
  write('etc/managed_config.toml', '[sandbox_workspace_write]\nwritable_roots = ["/managed"]');
  expect([...(await read()).writableRoots].sort()).toEqual(
    [
      '/data',
      '/fast',
      '/managed',
      '/nested',
      '/night',
      '/permitted',
      '/with "quotes" ',
      join(home, 'cache'),
      join(homedir(), 'builds'),
    ].sort(),
  );
});

test('trusted projects and a wish for goals are read', async () => {
  write(
    'config.toml',
    `
[projects."/home/me/shop"]
trust_level = "trusted"
[projects."/home/me/other"]
trust_level = "untrusted"
[features]
goals = true
`,
  );
  expect(await read()).toMatchObject({
    trusted: ['/home/me/shop'],
    untrusted: ['/home/me/other'],
    wantsGoals: true,
  });
});

test.each([
  ['broken', 'writable_roots = ['],
  ['of other types', 'sandbox_workspace_write = 1\nprofiles = "x"\nprojects = [1]\nfeatures = []'],
  ['with roots that are no texts', '[sandbox_workspace_write]\nwritable_roots = [1, {}, []]'],
])('a file that is %s names nothing, and stops nobody', async (_what, toml) => {
  write('config.toml', toml);
  expect(await read()).toMatchObject({ writableRoots: [], trusted: [] });
});
