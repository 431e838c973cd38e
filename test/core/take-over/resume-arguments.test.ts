import { expect, test } from 'vitest';
import { resumeArguments } from '../../../source/core/take-over/resume-arguments.ts';
import { thread } from '../../helpers/log-lines.ts';

const launch = {
  threadId: thread,
  sandbox: 'workspace-write',
  toolEnvironment: 'codex',
  surroundings: [],
  extra: [],
} as const;

test('sandbox, model, profile and directory are said again; approvals are the user’s', () => {
  const words = resumeArguments({
    ...launch,
    surroundings: ['-C', '/worktree', '--add-dir', '/shop/.autonomous/a'],
    extra: ['-m', 'gpt-5.5', '--profile=nightly', '-c', 'x=1'],
  });
  expect(words).toEqual([
    ...['resume', '-C', '/worktree', '--add-dir', '/shop/.autonomous/a'],
    ...['-m', 'gpt-5.5', '--profile=nightly', '-c', 'x=1'],
    ...['-c', 'sandbox_mode="workspace-write"', thread],
  ]);
  expect(words.join(' ')).not.toContain('approval');
});

test('what only codex exec takes is left out, with its values', () => {
  const extra = ['--ignore-user-config', '-i', 'a.png', 'b.png', '-m', 'gpt-5.5'];
  const words = resumeArguments({ ...launch, extra: [...extra, '--cyber-access-program', 'X'] });
  expect(words).toEqual([
    'resume',
    '-m',
    'gpt-5.5',
    '-c',
    'sandbox_mode="workspace-write"',
    thread,
  ]);
});

test('commands get the same environment as in a session', () => {
  expect(resumeArguments({ ...launch, toolEnvironment: 'core' })).toContain(
    'shell_environment_policy.inherit="core"',
  );
});
