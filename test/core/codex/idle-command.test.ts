import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isIdleCommand } from '../../../source/core/codex/idle-command.ts';

test.each([
  'true',
  ':',
  'echo all tests pass',
  "bash -lc 'echo done'",
  'pwd && ls -la',
  'ls .',
  'cd .autonomous/todo && cat task_list.md',
  'cat .autonomous/todo/task_list.md',
  "sed -n '1,200p' .autonomous/todo/task_list.md",
  `bash -lc "sed -i 's/- \\[ \\] Test/- [x] Test/' .autonomous/todo/task_list.md"`,
  'grep -n "\\[ \\]" /home/me/project/.autonomous/todo/task_list.md | head -5',
  'cat .autonomous/todo/progress.md | tail -n 20',
  'echo "session 3" >> .autonomous/todo/progress.md',
  'git status --short; git log --oneline | head',
  'sleep 5; exit 0',
  'CI=1 true',
  '',
])('%s proves nothing', (command) => {
  expect(isIdleCommand(command)).toBe(true);
});

test.each([
  'npm test',
  'true && npm test',
  "bash -lc 'cd app && npm test | tail -5'",
  'cat src/main.ts',
  'ls dist',
  'rg TODO src',
  'rg TODO',
  'test -f dist/app.js && node dist/app.js',
  'echo hi > src/hi.txt',
  'cp .autonomous/todo/task_list.md docs/plan.md',
  'git commit -m done',
  'echo $(npm test)',
  "python3 - <<'EOF'\nprint(1)\nEOF",
  'make',
])('%s may', (command) => {
  expect(isIdleCommand(command)).toBe(false);
});

test('any text is read, and none takes long', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void isIdleCommand(text)));
  const start = performance.now();
  for (const text of ['"'.repeat(1900), "'\\".repeat(900), 'a\\'.repeat(900), '>'.repeat(1900)])
    isIdleCommand(text);
  expect(performance.now() - start).toBeLessThan(500);
});
