import { describe, expect, test } from 'vitest';
import { codexArguments, whyRefused } from '../../../source/core/codex/arguments.ts';

const thread = '01a2023d-ceff-78c1-8e86-de96f121a1f2';
const uuid = '3c9c2bd0-31f5-4ba4-9a9f-5e2d4b7e8f10';
const call = { sandbox: 'workspace-write', resumes: null, extra: [], uuid } as const;
const noGoals = ['-c', 'features.goals=false'];
const settings = [
  '-c',
  'approval_policy="never"',
  '-c',
  'sandbox_mode="workspace-write"',
  '-c',
  `shell_environment_policy.set.AUTONOMOUS_TUI_SESSION="${uuid}"`,
];

describe('Codex is launched', () => {
  test('with its sandbox, its marker and the prompt on stdin', () => {
    expect(codexArguments(call)).toEqual([
      'exec',
      ...noGoals,
      '--skip-git-repo-check',
      ...settings,
      '--json',
      '-',
    ]);
  });

  test('with all of that again when a conversation is resumed, after the user’s arguments', () => {
    const extra = ['-p', 'fast', '-i', 'a.png'];
    expect(codexArguments({ ...call, resumes: thread, extra })).toEqual([
      'exec',
      ...noGoals,
      '-p',
      'fast',
      '-i',
      'a.png',
      // Otherwise `resume` would be another image.
      '--skip-git-repo-check',
      'resume',
      ...settings,
      '--json',
      thread,
      '-',
    ]);
  });

  test('with a limited tool environment if configured, which arguments for one launch override', () => {
    const extra = ['-c', 'shell_environment_policy.inherit="all"'];
    expect(codexArguments({ ...call, extra, toolEnvironment: 'core' }).slice(0, 7)).toEqual([
      'exec',
      '-c',
      'shell_environment_policy.inherit="core"',
      ...noGoals,
      ...extra,
    ]);
  });

  test.each([
    [['--enable', 'goals']],
    [['-c', 'features.goals=true']],
    [['-cfeatures={goals=true}']],
    [['--disable=goals']],
  ])('without goals of Codex’s own, unless the user speaks of them: %j', (extra) => {
    expect(codexArguments(call)).toContain('features.goals=false');
    expect(codexArguments({ ...call, extra: ['-m', 'goalseeker'] })).toContain(
      'features.goals=false',
    );
    expect(codexArguments({ ...call, extra })).not.toContain('features.goals=false');
  });

  test('with full access when requested', () => {
    expect(codexArguments({ ...call, sandbox: 'danger-full-access' })).toContain(
      'sandbox_mode="danger-full-access"',
    );
  });

  test.each(['--last', '-', '', 'my thread', `${thread} --yolo`])(
    'with a fresh conversation when the id to resume is not a thread id: %s',
    (resumes) => expect(codexArguments({ ...call, resumes })).toEqual(codexArguments(call)),
  );
});

describe('arguments may not be passed on that change', () => {
  test.each([
    [['-s', 'read-only']],
    [['-sread-only']],
    [['-s=read-only']],
    [['--sandbox', 'read-only']],
    [['--sandbox=danger-full-access']],
    [['--full-auto']],
    [['--yolo']],
    [['--dangerously-bypass-approvals-and-sandbox']],
    [['--dangerously-bypass-hook-trust']],
    [['-c', 'sandbox_mode="danger-full-access"']],
    [['-c', ' sandbox_mode = "read-only"']],
    [['-csandbox_mode="read-only"']],
    [['-c=sandbox_mode="read-only"']],
    [['--config', 'sandbox_mode="read-only"']],
    [['--config=sandbox_workspace_write.network_access=true']],
    [['-c', 'sandbox_workspace_write={\nnetwork_access=true}']],
    [['-c=\nsandbox_mode="read-only"']],
    [['-c', 'default_permissions=":danger-full-access"']],
    [['-c', 'permissions.mine.network.enabled=true']],
    [['-c', 'projects={"/"={trust_level="trusted"}}']],
    [['-m', 'gpt-5.5', '-c', 'sandbox_mode=x']],
    [['-c', '-c', 'sandbox_mode=x']],
  ])('the sandbox: %j', (extra) => refused(extra));

  test.each([
    [['-a', 'on-request']],
    [['-aon-request']],
    [['--ask-for-approval=on-request']],
    [['--approve-for-me']],
    [['--trust']],
    [['--ignore-rules']],
    [['--config', 'approval_policy="on-request"']],
    [['--config=approval_policy=on-request']],
    [['-c', 'approvals_reviewer="user"']],
  ])('approvals: %j', (extra) => refused(extra));

  test.each([
    [['--remote', 'host:1']],
    [['--remote=host:1', '-m', 'gpt-5.5']],
    [['--remote-auth-token-env', 'TOKEN']],
    [['--thread-source', 'user']],
    [['--an-option-of-tomorrow']],
    [['--ossified']],
    [['-x']],
  ])('where it works, or what is not known here: %j', (extra) => refused(extra));

  test('and each is refused by its name', () => {
    for (const name of ['--remote', '--trust', '--approve-for-me', '--worktree', 'fork']) {
      expect(whyRefused([name])).toMatch(new RegExp(`^${name} cannot be passed on`));
    }
    expect(whyRefused(['--an-option-of-tomorrow'])).toContain('only -c, --config,');
  });

  test.each([[['-m']], [['-m', '--oss']], [['-c']], [['--profile', '-c', 'a=1']]])(
    'nothing, because they lack their value: %j',
    (extra) => refused(extra),
  );

  test.each([
    [['-C', '/']],
    [['-C/']],
    [['--cd', '/']],
    [['--cd=/']],
    [['--add-dir', '/']],
    [['--add-dir=/']],
    [['--worktree']],
  ])('the directory: %j', (extra) => refused(extra));

  test.each([
    [['--json']],
    [['--experimental-json']],
    [['-o', 'last.txt']],
    [['-olast.txt']],
    [['--output-last-message=last.txt']],
    [['--output-schema', 'schema.json']],
    [['--color', 'always']],
    [['--color=always']],
  ])('the output: %j', (extra) => refused(extra));

  test.each([
    [['resume']],
    [['resume', '--last']],
    [['-m', 'gpt-5.5', 'resume', thread]],
    [['fork', thread]],
    [['review']],
    [['--last']],
    [['--all']],
    [['--ephemeral']],
    [['-c', 'shell_environment_policy.set.AUTONOMOUS_TUI_SESSION="x"']],
  ])('the session: %j', (extra) => refused(extra));

  test.each([
    [['-']],
    [['--']],
    [['do it']],
    [['-m', 'gpt-5.5', 'do it']],
    [['-mgpt-5.5', 'do it']],
    [['--model=gpt-5.5', 'do it']],
    [['--', '-m', 'gpt-5.5']],
  ])('the prompt: %j', (extra) => refused(extra));

  test.each([[['-h']], [['--help']], [['help']], [['-V']], [['-Vh']], [['--version']]])(
    'what Codex does: %j',
    (extra) => refused(extra),
  );

  function refused(extra: readonly string[]): void {
    expect(whyRefused(extra)).toMatch(/ cannot be passed on(?: to Codex)?: \S/);
  }
});

test.each([
  [[]],
  [['-m', 'gpt-5']],
  [['-mgpt-5']],
  [['--model=gpt-5']],
  [['-p', 'profile']],
  [['-c', 'model_reasoning_effort="high"']],
  [['-cmodel_reasoning_effort="high"']],
  [['--config=model_verbosity="low"']],
  [['-c', 'model_instructions_file="sandbox.md"']],
  [['-c', 'shell_environment_policy.inherit=all']],
  [['-i', 'img.png']],
  [['-i', 'a.png', 'b.png', 'c.png']],
  [['--image=a.png', '--strict-config']],
  [['--oss', '--local-provider', 'ollama']],
  [['--enable', 'web_search', '--disable', 'memories']],
  [['--ignore-user-config']],
])('arguments may be passed on: %j', (extra) => {
  expect(whyRefused(extra)).toBeNull();
});
