import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { skillCommand } from '../../../source/cli/commands/skill-command.ts';
import { installSkill, uninstallSkill } from '../../../source/system/skill/skill-file.ts';
import { makeWorkspace, type Workspace } from '../../helpers/workspace.ts';

let workspace: Workspace;
let home: string;
let skills: string;
let file: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  home = workspace.codexHome;
  fs.mkdirSync(home, { recursive: true });
  skills = join(home, 'skills');
  file = join(skills, 'autonomous-tui', 'SKILL.md');
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await workspace.remove();
});

const read = (): string => fs.readFileSync(file, 'utf8');

function foreign(path: string): void {
  fs.mkdirSync(join(path, '..'), { recursive: true });
  fs.writeFileSync(path, 'mine');
}

test('it is written once, updated by another version, and removed', async () => {
  expect(await installSkill(home, '1.0.0')).toMatchObject({ path: file, done: 'written' });
  const first = read();
  expect(first).toMatch(/^---\nname: autonomous-tui\n/);
  const { ino } = fs.statSync(file);
  expect(await installSkill(home, '1.0.0')).toMatchObject({ done: 'kept' });
  expect(fs.statSync(file).ino).toBe(ino);
  const found = { kind: 'ours', version: '1.0.0', isCurrent: false };
  expect(await installSkill(home, '2.0.0')).toMatchObject({ done: 'replaced', found });
  expect(fs.readdirSync(join(skills, 'autonomous-tui'))).toEqual(['SKILL.md']);
  expect(await uninstallSkill(home, '3.0.0')).toMatchObject({ done: 'removed', hasOthers: false });
  expect(fs.readdirSync(skills)).toEqual([]);
  expect(await uninstallSkill(home, '3.0.0')).toMatchObject({ found: { kind: 'none' } });
});

test("other people's files are left alone, as is one of ours that was changed", async () => {
  foreign(file);
  expect(await installSkill(home, '1.0.0')).toMatchObject({ found: { kind: 'foreign' } });
  expect(await uninstallSkill(home, '1.0.0')).toMatchObject({ found: { kind: 'foreign' } });
  expect(read()).toBe('mine');
  fs.rmSync(file);
  await installSkill(home, '1.0.0');
  const changed = read().replace('npm test', 'make');
  fs.writeFileSync(file, changed);
  expect(await installSkill(home, '2.0.0')).toMatchObject({ found: { kind: 'changed' } });
  expect(await uninstallSkill(home, '1.0.0')).toMatchObject({ found: { kind: 'changed' } });
  expect(read()).toBe(changed);
  fs.rmSync(file);
  await installSkill(home, '1.0.0');
  foreign(join(skills, 'autonomous-tui', 'notes.md'));
  expect(await uninstallSkill(home, '1.0.0')).toMatchObject({ done: 'removed', hasOthers: true });
  expect(fs.readdirSync(join(skills, 'autonomous-tui'))).toEqual(['notes.md']);
});

test.each([
  ['the directory of all skills', 'skills'],
  ['its own directory', 'skills/autonomous-tui'],
  ['its file', 'skills/autonomous-tui/SKILL.md'],
])('nothing is written or removed through a link in place of %s', async (_what, name) => {
  const elsewhere = join(workspace.directory, 'elsewhere');
  const isFile = name.endsWith('.md');
  if (isFile) fs.writeFileSync(elsewhere, 'mine');
  else fs.mkdirSync(elsewhere);
  fs.mkdirSync(join(home, name, '..'), { recursive: true });
  fs.symlinkSync(elsewhere, join(home, name));
  const refusal = new RegExp(`^${join(home, name)} is .*: move it away and try again\\.?$`);
  await expect(installSkill(home, '1.0.0')).rejects.toThrow(refusal);
  await expect(uninstallSkill(home, '1.0.0')).rejects.toThrow(refusal);
  if (isFile) expect(fs.readFileSync(elsewhere, 'utf8')).toBe('mine');
  else expect(fs.readdirSync(elsewhere)).toEqual([]);
});

test('one sentence says what was done; what lies beside it is named', async () => {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const said = (): string => out.mock.calls.splice(0).join('');
  vi.stubEnv('CODEX_HOME', home);
  vi.stubEnv('CODEX_THREAD_ID', undefined);
  vi.stubEnv('PATH', '/nowhere');
  foreign(join(skills, 'autonomous-skill', 'SKILL.md'));
  expect(await skillCommand('install-skill', '1.0.0')).toBe(0);
  expect(said().split('\n')).toEqual([
    expect.stringMatching(/^✓ .*SKILL\.md is written: .* "work on this overnight"$/),
    expect.stringMatching(/^ℹ .*autonomous-skill is left alone/),
    'ℹ autonomous-tui is not in the PATH, where Codex looks for it',
    '',
  ]);
  await skillCommand('install-skill', '1.1.0');
  expect(said()).toMatch(/^✓ .* is updated from 1\.0\.0 to 1\.1\.0\n/);
  await skillCommand('uninstall-skill', '1.1.0');
  expect(said()).toMatch(/^✓ .* is removed\n$/);
  await skillCommand('uninstall-skill', '1.1.0');
  expect(said()).toBe('✓ The skill is not installed\n');
  expect(fs.readdirSync(skills)).toEqual(['autonomous-skill']);
});
