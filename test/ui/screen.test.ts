import { describe, expect, test } from 'vitest';
import { askForFullAccess, askToPauseAll } from '../../source/ui/dialog/dialog.ts';
import { screenRows } from '../../source/ui/screen.ts';
import { emptyForm } from '../../source/ui/dialog/task-form.ts';
import { fieldWith } from '../../source/ui/dialog/text-field.ts';
import { darkTheme, plainTheme } from '../../source/ui/look/theme.ts';
import { reduceView } from '../../source/ui/view/reducer.ts';
import { at, board, drawn, entries, now, screen, state, task, tasks, view } from './sample.ts';

const drawing = (...state: Parameters<typeof screen>) => drawn(screenRows(screen(...state)));

describe('on a wide screen, tasks and log are side by side', () => {
  test('at 120×30', () => {
    expect(drawing('120×30')).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop              1 needs you · ⠙ 1 running · 1 waiting · 1 paused · 1 not planned · 1 done    12:04
      ─ Tasks ──────────────────────────────────────────────┬─ build-rest-api-todo · session 4 · working · 3m 12s ────────────
         ! publish-docs           ████▋        7/15   46%   │ 12:01:15  ── session 4 · working ──────────────────────────────
           needs you: not logged in: run codex login        │ 12:03:40  Reading the task list
       ▸ ⠙ build-rest-api-todo    ████▊       12/25   48%   │ 12:03:58  $ npm test                                   ✓  4.1 s
           running · session 4 · working · 3m 12s           │           └ 42 passed, 0 failed
         ~ refactor-auth          ███          9/30   30%   │ 12:04:01  ✎ src/todo.ts  + src/todo.test.ts
           usage limit, resumes at 14:00                    │ 12:04:07  Task 12 is done. Pagination comes next; the handler
         ‖ tidy-css               █▋           2/12  paused │           needs a cursor, not an offset.
         ? incomplete-task        not planned yet           │ 12:04:09  $ rg -n "offset" src                         ✓  0.1 s
         ✓ seed-data                          10/10  done   │           └ src/todo.ts:7: offset                      +6 lines
                                                            │             src/todo.ts:8: offset
                                                            │             src/todo.ts:9: offset
                                                            │ 12:04:15  $ npm run build                              ⠙   12 s
      ─ Steps ─ 12 of 25 · about 52 min left ───────────────┤
         Phase 1: Foundation                                │
         ✓ 10  Set up the project                     11:44 │
         ✓ 11  Add the repository layer               11:52 │
         ✓ 12  Return 404 for unknown ids             12:04 │
         Phase 2: Behaviour                                 │
         ⠙ 13  Add pagination                               │
         ○ 14  Validate input with zod                      │
         ‖ 15  Deploy (blocked: no credentials)             │
                                                            │
                                                            │
                                                            │
                                                            │
      ──────────────────────────────────────────────────────┴──────────────────────────────────────────────────── following ──
       Next: Add pagination                                                                 1.2M in · 34k out · 103k per step
       p pause  Enter open  > tell  n new  P pause after session  Tab next pane  : commands  d changes  / find  ? help  q quit"
    `);
  });
});

test('a bar is shortened for a name that would be cut by a cell or two', () => {
  const named = (name: string) =>
    drawing('110×34', {
      board: board({ tasks: [task(name, { state: state('paused'), done: 1, total: 2 })] }),
      view: view({ selected: name }),
      log: null,
    }).split('\n')[2];
  expect(named('build-rest-api')).toMatch(/▸ ‖ build-rest-api {5}█{5} {9}1\/2  paused/);
  expect(named('build-rest-api-too')).toMatch(/▸ ‖ build-rest-api-too {2}█{4}▌ {8}1\/2  paused/);
  expect(named('build-rest-api-todo')).toMatch(/▸ ‖ build-rest-api-todo {2}█{4} {8}1\/2  paused/);
  expect(named('build-rest-api-todos')).toMatch(/▸ ‖ build-rest-…todos {2}█{5} /);
});

describe('on a narrow screen, the log is below the tasks', () => {
  test('at 80×24', () => {
    expect(drawing('80×24')).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ Tasks ────────────────────────────────────────────────────────────────────────
         ! publish-docs         ████▋        7/15   not logged in: run codex login
       ▸ ⠙ build-rest-api-todo  ████▊       12/25   running · session 4 · 3m 12s
         ~ refactor-auth        ███          9/30   usage limit, resumes at 14:00
         ‖ tidy-css             █▋           2/12   paused
         ? incomplete-task      not planned yet
         ✓ seed-data                        10/10   done
      ─ build-rest-api-todo · session 4 · working · 3m 12s ───────────────────────────
       12:01:15  ── session 4 · working ─────────────────────────────────────────────
       12:03:40  Reading the task list
       12:03:58  $ npm test                                                  ✓  4.1 s
                 └ 42 passed, 0 failed
       12:04:01  ✎ src/todo.ts  + src/todo.test.ts
       12:04:07  Task 12 is done. Pagination comes next; the handler needs a cursor,
                 not an offset.
       12:04:09  $ rg -n "offset" src                                        ✓  0.1 s
                 └ src/todo.ts:7: offset                                     +6 lines
                   src/todo.ts:8: offset
                   src/todo.ts:9: offset
       12:04:15  $ npm run build                                             ⠙   12 s
      ─────────────────────────────────────────────────────────────────── following ──
       Next: Add pagination                         1.2M in · 34k out · 103k per step
       p pause  Enter open  > tell  n new  P pause after session  ? help  q quit"
    `);
  });

  test('at 60×14, without a status row', () => {
    expect(drawing('60×14')).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop    1 needs you · ⠙ 1 running  12:04
      ─ Tasks 2 of 6 ─────────────────────────────────────────────
         ! publish-docs      ████▋        7/15   not logged in:…
       ▸ ⠙ build-rest…-todo  ████▊       12/25   running
         ~ refactor-auth     ███          9/30   resumes at 14:00
      ─ build-rest-api-todo · session 4 · working · 3m 12s ───────
                 handler needs a cursor, not an offset.
       12:04:09  $ rg -n "offset" src                    ✓  0.1 s
                 └ src/todo.ts:7: offset                 +6 lines
                   src/todo.ts:8: offset
                   src/todo.ts:9: offset
       12:04:15  $ npm run build                         ⠙   12 s
      ─────────────────────────────────────────────── following ──
       p pause  Enter open  > tell  n new  / find  ? help  q quit"
    `);
  });
});

describe('on a small screen, there is one pane', () => {
  test('the tasks at 40×10', () => {
    expect(drawing('40×10')).toMatchInlineSnapshot(`
      " 1 needs you · ⠙ 1 running        12:04
       ! publish-docs          ███▋      7/15
      ▸⠙ build-rest-api-todo   ███▊     12/25
       ~ refactor-auth         ██▍       9/30
       ‖ tidy-css              █▎        2/12
       ? incomplete-task       not planned
       ✓ seed-data                      10/10

       running · session 4 · working · 3m 12s
       p pause  Enter open  ? help  q quit"
    `);
  });

  test('the log at 40×10, with its title', () => {
    expect(drawing('40×10', { view: view({ focus: 'log' }) })).toMatchInlineSnapshot(`
      " 1 needs you · ⠙ 1 running        12:04
      ─ build-rest-api-todo ───── following ──
       next; the handler needs a cursor, not
       an offset.
       $ rg -n "offset" src          ✓  0.1 s
       └ src/todo.ts:7: offset       +6 lines
         src/todo.ts:8: offset
         src/todo.ts:9: offset
       $ npm run build               ⠙   12 s
       p pause  Esc back  ? help  q quit"
    `);
  });

  test('a terminal smaller than that shows one sentence', () => {
    expect(drawing('39×9')).toMatchInlineSnapshot(`
      "Terminal too small: 39×9 (at least
      40×10). Tasks keep running.






      "
    `);
    expect(drawing('1×1')).toBe('T');
  });
});

describe('a project without tasks', () => {
  const empty = { board: board({ tasks: [] }), log: null };

  test('says what this is and what the user can do', () => {
    expect(drawing('80×24', empty)).toMatchInlineSnapshot(`
      "


                No tasks in ~/shop yet.

                n   describe a goal; Codex plans it and works through it
                q   quit

                To see it work without an account: autonomous-tui --demo














      "
    `);
  });

  test('says so at 40×10, too', () => {
    expect(drawing('40×10', empty)).toMatchInlineSnapshot(`
      "  No tasks in ~/shop yet.

        n   describe a goal; Codex plans it
            and works through it
        q   quit

        To see it work without an account:
        autonomous-tui --demo

      "
    `);
  });

  test('is not called empty before the first look at the disk', () => {
    const before = { board: board({ tasks: [], looked: false }), log: null };
    expect(drawing('80×24', before)).not.toContain('No tasks');
  });

  test('shows its problem', () => {
    const broken = { ...empty, board: board({ tasks: [], problem: 'The disk is full.' }) };
    expect(drawing('80×24', broken)).toContain('\n ! The disk is full.');
  });
});

describe('a dialog lies over the screen', () => {
  const form = {
    ...emptyForm,
    description: fieldWith('Build a REST API for todo app'),
    suggestedName: 'build-rest-api-todo-2',
  };

  test('the form for a new task', () => {
    const dialog = { kind: 'new task', form } as const;
    expect(drawing('80×24', { view: view({ dialog }) })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ Tasks ────────────────────────────────────────────────────────────────────────
         ! publish-docs         ████▋        7/15   not logged in: run codex login
       ▸ ⠙ build-rest-api-todo  ████▊       12/25   running · session 4 · 3m 12s
         ~ refactor-auth        ███          9/30   usage limit, resumes at 14:00
         ‖ tidy-css             █▋           2/12   paused
         ? in ╭ New task ────────────────────────────────────────────────────╮
         ✓ se │ What should be done?                                         │
      ─ build │ ┃ Build a REST API for todo app                              │ ───────
       12:01: │                                                              │ ──────
       12:03: │ Name           build-rest-api-todo-2                         │
       12:03: │ Sandbox        workspace-write                               │  4.1 s
              │ Plan           work on it at once                            │
       12:04: │ More           model, profile, sessions, tokens, time, hour… │
       12:04: │                                                              │ rsor,
              │ Enter start  Esc cancel  Ctrl-G editor  Tab next field       │
       12:04: ╰──────────────────────────────────────────────────────────────╯  0.1 s
                 └ src/todo.ts:7: offset                                     +6 lines
                   src/todo.ts:8: offset
                   src/todo.ts:9: offset
       12:04:15  $ npm run build                                             ⠙   12 s
      ─────────────────────────────────────────────────────────────────── following ──
       Next: Add pagination                         1.2M in · 34k out · 103k per step
       p pause  Enter open  > tell  n new  P pause after session  ? help  q quit"
    `);
  });

  test('the form with full access and an error, at 40×10', () => {
    const refused = { ...form, sandbox: 'danger-full-access', error: 'No such name' } as const;
    const dialog = { kind: 'new task', form: refused } as const;
    expect(drawing('40×10', { view: view({ dialog }) })).toMatchInlineSnapshot(`
      " ╭ New task ──────────────────────────╮
       │ What should be done?               │
       │ ┃ Build a REST API for todo app    │
       │ Name           build-rest-api-tod… │
       │ Sandbox        danger-full-access  │
       │ Codex can change any file and use  │
       │ the network                        │
       │ ✗ No such name                     │
       │ Enter start  Esc cancel            │
       ╰────────────────────────────────────╯"
    `);
  });

  test('a question', () => {
    const dialog = { kind: 'confirm', confirm: askToPauseAll(tasks) } as const;
    expect(drawing('60×14', { view: view({ dialog }) })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop    1 needs you · ⠙ 1 running  12:04
      ─ Tasks 2 of 6 ─────────────────────────────────────────────
         ! publish-docs      ████▋        7/15   not logged in:…
       ╭ Pause and quit ────────────────────────────────────────╮
       │ Pause 3 tasks and quit?                                │
       │ build-rest-api-todo · running                          │
       │ publish-docs · needs you                               │
       │ refactor-auth · waiting                                │
       │                                                        │
       │ Enter pause and quit  Esc no                           │
       ╰────────────────────────────────────────────────────────╯
       12:04:15  $ npm run build                         ⠙   12 s
      ─────────────────────────────────────────────── following ──
       p pause  Enter open  > tell  n new  / find  ? help  q quit"
    `);
  });

  test('a question always names every task, its consequences and how to say no', () => {
    const many = ['docs', 'shop', 'tidy-css', 'refactor-auth', 'seed-data', 'publish'].map((name) =>
      task(name, { state: state('paused'), total: 3 }),
    );
    const confirm = askForFullAccess('continue', many);
    const asked = {
      board: board({ tasks: many }),
      view: view({ dialog: { kind: 'confirm', confirm } }),
    };
    expect(drawing('40×10', { ...asked, log: null })).toMatchInlineSnapshot(`
      " ╭ Full access ───────────────────────╮
       │ Continue 6 tasks with full access? │
       │ Codex can change every file that   │
       │ you can change, and use the        │
       │ network.                           │
       │ It does not ask first.             │
       │ docs, shop, tidy-css,              │
       │ refactor-auth, seed-data, publish  │
       │ Enter continue  Esc no             │
       ╰────────────────────────────────────╯"
    `);
    expect(drawing('80×24', { ...asked, log: null })).toMatch(
      /docs · paused[^]*shop · paused[^]*publish · paused[^]*It does not ask first\./,
    );
  });

  test('the question after a take-over', () => {
    const lines = [
      'You took over the conversation for 3m 12s · changed: notes.md',
      'Codex changed its config.toml for all that follows: the model is gpt-6',
    ];
    const dialog = { kind: 'taken over', task: 'a', label: 'docs-site', lines } as const;
    expect(drawing('60×14', { view: view({ dialog }) })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop    1 needs you · ⠙ 1 running  12:04
       ╭ Taken over ────────────────────────────────────────────╮
       │ You took over the conversation for 3m 12s · changed:   │
       │ notes.md                                               │
       │ Codex changed its config.toml for all that follows:    │
       │ the model is gpt-6                                     │
       │                                                        │
       │ docs-site is paused: continue this conversation,       │
       │ continue in a fresh one, or stay paused?               │
       │                                                        │
       │ r continue  c fresh  Esc paused                        │
       ╰────────────────────────────────────────────────────────╯
      ─────────────────────────────────────────────── following ──
       p pause  Enter open  > tell  n new  / find  ? help  q quit"
    `);
    expect(drawing('40×20', { view: view({ dialog }) })).toMatch(/r continue .*Esc paused/);
  });

  test('the tasks that are still stopping', () => {
    const ending = board({
      tasks: tasks.map((one) =>
        one.state.word === 'running' ? { ...one, state: state('pausing') } : one,
      ),
    });
    const dialog = { kind: 'leaving' } as const;
    expect(drawing('60×14', { board: ending, view: view({ dialog }) })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop    1 needs you · ⠙ 1 pausing  12:04
      ─ Tasks 2 of 6 ─────────────────────────────────────────────
       ╭ Pausing ───────────────────────────────────────────────╮
       │ Still stopping; their work is kept.                    │
       │                                                        │
       │ ⠙ build-rest-api-todo  pausing                         │
       │ ! publish-docs  needs you                              │
       │ ~ refactor-auth  waiting                               │
       │                                                        │
       │ q quit now  Esc stay                                   │
       ╰────────────────────────────────────────────────────────╯
       12:04:15  $ npm run build                         ⠙   12 s
      ─────────────────────────────────────────────── following ──
       Enter open  > tell  n new  Tab next pane  ? help  q quit"
    `);
  });

  test('the help for the log', () => {
    const help = view({ focus: 'log', dialog: { kind: 'help', top: 0 } });
    expect(drawing('80×24', { view: help })).toMatchInlineSnapshot(`
      " ╭ Keys: log ─────────────────────────────────────────────────────────────────╮
       │ Log                                                                        │
       │ Enter      Expand or collapse the selected entry.                          │
       │ /          Search the whole log; Tab: regex.                               │
       │ Esc        Back to the tasks.                                              │
       │ f          Switch the filter: messages, commands, failed commands, files,  │
       │            errors, reasoning, to-dos, runner, all.                         │
       │ e          Next error or failed command.                                   │
       │ E          Previous error or failed command.                               │
       │ t          Go to a time, a session, or where a step was ticked: 3:40,      │
       │            2026-01-29 03:40, session 4, step 7.                            │
       │ a          Show only the session of the selected entry, or all sessions.   │
       │ F          Follow the newest entry.                                        │
       │ y          Copy the selected entry to the clipboard.                       │
       │ J          Show the selected entry as JSON, or as text again.              │
       │ x          Export the shown entries to a file: .md, .jsonl or .txt.        │
       │ w          Toggle line wrapping.                                           │
       │ → l        Scroll right, when lines are not wrapped.                       │
       │ ← h        Scroll left.                                                    │
       │                                                                            │
       │ The task                                                                   │
       │ +39 more                                                                   │
       │ Esc close  j down  k up                                                    │
       ╰────────────────────────────────────────────────────────────────────────────╯"
    `);
  });
});

describe('as the screen changes', () => {
  test('a log that is scrolled back counts new entries, and marks the entry that Enter opens', () => {
    const before = screen('60×14', {
      log: { task: 'build-rest-api-todo', entries: entries.slice(0, 5) },
    });
    let scrolled = view({ focus: 'log' });
    for (const move of ['up', 'up', 'up'] as const) {
      scrolled = reduceView(scrolled, { type: 'moved', move }, before);
    }
    expect(drawing('60×14', { view: scrolled })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop    1 needs you · ⠙ 1 running  12:04
      ─ Tasks 2 of 6 ─────────────────────────────────────────────
         ! publish-docs      ████▋        7/15   not logged in:…
       ▸ ⠙ build-rest…-todo  ████▊       12/25   running
         ~ refactor-auth     ███          9/30   resumes at 14:00
      ─ build-rest-api-todo · session 4 · working · 3m 12s ───────
      ▸12:03:40  Reading the task list
       12:03:58  $ npm test                              ✓  4.1 s
                 └ 42 passed, 0 failed
       12:04:01  ✎ src/todo.ts  + src/todo.test.ts
       12:04:07  Task 12 is done. Pagination comes next; the
                 handler needs a cursor, not an offset.
      ───────────────────────────────────────────── 2 new below ──
       p pause  Enter expand  / search  Esc back  ? help  q quit"
    `);
  });

  test('a notice replaces the status until its time is over', () => {
    const notice = {
      text: 'Pausing build-rest-api-todo',
      tone: 'plain',
      until: now + 1000,
    } as const;
    const lines = (time: number) =>
      drawing('80×24', { now: time, view: view({ notice }) }).split('\n');
    expect(lines(now)[22]).toMatch(/^ Pausing build-rest-api-todo /);
    expect(lines(now + 1000)[22]).toMatch(/^ Next: Add pagination /);
    const sentence = 'Continued 1 of 2 tasks; skipped write-user-guide (done)';
    const long = view({ notice: { ...notice, text: sentence } });
    expect(drawing('80×24', { view: long }).split('\n')[22]).toBe(` ${sentence}`);
  });

  test('a notice replaces the footer if there is no status row', () => {
    const notice = { text: 'It is already running', tone: 'problem', until: now + 1 } as const;
    const lines = drawing('40×10', { view: view({ notice, focus: 'log' }) }).split('\n');
    expect(lines[9]).toBe(' ! It is already running');
  });

  test('the log of another task is never shown as that of the selected one', () => {
    const stale = screen('80×24', { log: { task: 'tidy-css', entries } });
    expect(drawn(screenRows(stale))).not.toContain('npm test');
  });
});

describe('whatever the terminal can show', () => {
  test('everything keeps its place in ASCII', () => {
    expect(drawing('80×24', { theme: { ...darkTheme, ascii: true } })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you - \\ 1 running - 1 waiting  12:04
      - Tasks ------------------------------------------------------------------------
         ! publish-docs         ####=        7/15   not logged in: run codex login
       > \\ build-rest-api-todo  ####=       12/25   running - session 4 - 3m 12s
         ~ refactor-auth        ###          9/30   usage limit, resumes at 14:00
         = tidy-css             #=           2/12   paused
         ? incomplete-task      not planned yet
         v seed-data                        10/10   done
      - build-rest-api-todo - session 4 - working - 3m 12s ---------------------------
       12:01:15  -- session 4 - working ---------------------------------------------
       12:03:40  Reading the task list
       12:03:58  $ npm test                                                  v  4.1 s
                 \` 42 passed, 0 failed
       12:04:01  * src/todo.ts  + src/todo.test.ts
       12:04:07  Task 12 is done. Pagination comes next; the handler needs a cursor,
                 not an offset.
       12:04:09  $ rg -n "offset" src                                        v  0.1 s
                 \` src/todo.ts:7: offset                                     +6 lines
                   src/todo.ts:8: offset
                   src/todo.ts:9: offset
       12:04:15  $ npm run build                                             \\   12 s
      ------------------------------------------------------------------- following --
       Next: Add pagination                         1.2M in - 34k out - 103k per step
       p pause  Enter open  > tell  n new  P pause after session  ? help  q quit"
    `);
  });

  test('nothing is missing without colours', () => {
    expect(drawing('120×30', { theme: plainTheme })).toBe(drawing('120×30'));
  });

  test('wide names and emoji keep the columns straight', () => {
    const wide = board({
      tasks: [
        task('日本語のとても長いタスクの名前です', { state: state('running'), done: 3, total: 4 }),
        task('emoji-👍🏽-🇩🇪', { state: state('waiting', { until: at('15:30') }), done: 1, total: 2 }),
        task('ภาษาไทย', { state: state('failed', { reason: '失敗しました' }), done: 0, total: 9 }),
      ],
    });
    const wideView = view({ selected: '日本語のとても長いタスクの名前です' });
    expect(drawing('60×14', { board: wide, view: wideView, log: null })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop       1 failed · ⠙ 1 running  12:04
      ─ Tasks ────────────────────────────────────────────────────
         ✗ ภาษาไทย                         0/9   failed: 失敗し…
       ▸ ⠙ 日本語のと…です   ███████▌      3/4   running
         ~ emoji-👍🏽-🇩🇪       █████         1/2   resumes at 15:30
      ─ 日本語のとても長いタスクの名前です ───────────────────────






      ────────────────────────────────────────────────────────────
       p pause  Enter open  > tell  n new  / find  ? help  q quit"
    `);
    expect(drawing('40×10', { board: wide, view: wideView, log: null })).toMatchInlineSnapshot(`
      " 1 failed · ⠙ 1 running           12:04
       ✗ ภาษาไทย                          0/9
      ▸⠙ 日本語のとても…前です ██████     3/4
       ~ emoji-👍🏽-🇩🇪           ████       1/2




       running
       p pause  Enter open  ? help  q quit"
    `);
  });
});
