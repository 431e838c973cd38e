import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuMs } from '../../helpers/cpu-time.ts';
import { isIdleCommand, provesWhatItTicks } from '../../../source/core/codex/idle-command.ts';

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
  'sh -c true',
  `bash -lc "sh -c 'echo ok; exit 0'"`,
  'npm test || true',
  'npm test >/dev/null 2>&1 || :',
  'npm test; exit 0',
  '(cd app; npm test) || exit 0',
  'npm test ||\n  true',
  'cd app && npm test || exit 0',
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
  "sh -c 'npm test'",
  'sh test.sh',
  'npm test && true',
  'npm test && exit 0',
  'npm test || npm run fix',
  'npm test; echo "exit $?"',
  'npm test || exit 1',
])('%s may', (command) => {
  expect(isIdleCommand(command)).toBe(false);
});

const ticks = "sed -i 's/\\[ \\]/[x]/' .autonomous/todo/task_list.md";

test.each([
  `npm test && ${ticks}`,
  `bash -lc "cd app && npm test 2>&1 | tail -3 && perl -pi -e 's/a/b/' ../.autonomous/todo/task_list.md"`,
  `npm test && ${ticks} && cat .autonomous/todo/task_list.md`,
  `make && python3 -c "p = '.autonomous/todo/task_list.md'; open(p, 'w').write('')"`,
  "npm test && python3 - <<'EOF'\np = '.autonomous/todo/task_list.md'\nopen(p, 'w')\nEOF",
])('%s proves what it ticks', (command) => {
  expect(provesWhatItTicks(command)).toBe(true);
});

test.each([
  ticks,
  `true && ${ticks}`,
  `sh -c true && ${ticks}`,
  `npm test; ${ticks}`,
  `npm test || ${ticks}`,
  `${ticks} && npm test`,
  'python3 tick.py && echo done',
  'npm test',
  `cat .autonomous/todo/task_list.md && ${ticks}`,
  "python3 - <<'EOF'\np = '.autonomous/todo/task_list.md'\nEOF",
])('%s does not', (command) => {
  expect(provesWhatItTicks(command)).toBe(false);
});

test('any text is read, and none takes long', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void isIdleCommand(text)));
  const start = cpuMs();
  for (const text of ['"'.repeat(1900), "'\\".repeat(900), 'a\\'.repeat(900), '>'.repeat(1900)])
    isIdleCommand(text);
  expect(cpuMs() - start).toBeLessThan(500);
});
