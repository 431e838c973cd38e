import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  forgetConversation,
  whyNotInSandbox,
} from '../../../source/system/process/codex-sandbox.ts';
import { makeWorkspace, type Workspace } from '../../helpers/workspace.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});
afterEach(() => workspace.remove());

const codex = { CODEX_THREAD_ID: 'x', CODEX_SANDBOX_NETWORK_DISABLED: '1' };

test('a command that Codex runs outside of its sandbox is not refused, whatever its environment says', async () => {
  const written = join(workspace.directory, 'not', 'there', 'yet');
  expect(await whyNotInSandbox(codex, { written, network: true })).toBeNull();
});

test('a run inherits nothing of the conversation that started it, but its home and keys', () => {
  const environment = { ...codex, CODEX_TOOL_CALL_ID: '1', CODEX_HOME: '/h', CODEX_API_KEY: 'k' };
  forgetConversation(environment);
  expect(environment).toEqual({ CODEX_HOME: '/h', CODEX_API_KEY: 'k' });
});

// The superuser may write everywhere.
test.skipIf(process.geteuid?.() === 0)(
  'what cannot be written is named, to a command of Codex alone',
  async () => {
    const closed = join(workspace.directory, 'closed');
    fs.mkdirSync(closed, { mode: 0o500 });
    const needs = { written: join(closed, 'state', 'of', 'ours'), network: false };
    expect(await whyNotInSandbox(codex, needs)).toMatch(
      new RegExp(`^Codex's sandbox cannot write ${needs.written}: allow Codex to run this command`),
    );
    expect(await whyNotInSandbox({}, needs)).toBeNull();
  },
);
