import { describe, expect, test } from 'vitest';
import { screenRows } from '../../source/ui/screen.ts';
import { fieldWith } from '../../source/ui/dialog/text-field.ts';
import { noUsage } from '../../source/core/codex/usage.ts';
import { noTaskLimits } from '../../source/core/limits/limits.ts';
import { keyContextOf } from '../../source/ui/view/panes.ts';
import type { ReviewsReport } from '../../source/core/report/task-report.ts';
import type { StateWord } from '../../source/core/task/state.ts';
import type { Role } from '../../source/core/task/task.ts';
import { askToAccept } from '../../source/ui/dialog/dialog.ts';
import {
  board,
  details,
  drawn,
  entries,
  now,
  screen,
  sessions as someSessions,
  tasks,
  view,
} from './sample.ts';

const drawing = (...state: Parameters<typeof screen>) => drawn(screenRows(screen(...state)));

describe('the details pane', () => {
  test('is below the tasks at 120×40, and shows the steps first', () => {
    expect(drawing('120×40')).toMatchInlineSnapshot(`
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
                                                            │
                                                            │
                                                            │
                                                            │
                                                            │
                                                            │
                                                            │
                                                            │
                                                            │
                                                            │
      ──────────────────────────────────────────────────────┴──────────────────────────────────────────────────── following ──
       Next: Add pagination                                                                 1.2M in · 34k out · 103k per step
       p pause  Enter open  > tell  n new  P pause after session  Tab next pane  : commands  d changes  / find  ? help  q quit"
    `);
  });

  test('lists the sessions on one of its pages', () => {
    const sessions = view({ focus: 'details', page: 'sessions' });
    expect(drawing('80×20', { view: sessions })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ Tasks 2 of 6 ─────────────────────────────────────────────────────────────────
         ! publish-docs         ████▋        7/15   not logged in: run codex login
       ▸ ⠙ build-rest-api-todo  ████▊       12/25   running · session 4 · 3m 12s
         ~ refactor-auth        ███          9/30   usage limit, resumes at 14:00
         ‖ tidy-css             █▋           2/12   paused
         ? incomplete-task      not planned yet
      ─ Steps  Sessions  Notes  About ─ 2 · 421k tokens ──────────────────────────────
         3  working   11:40  18m 30s  412k in  9.1k out                    2 steps  ✓
       ▸ 4  working   12:01   3m 12s                                        1 step  ⠙







      ────────────────────────────────────────────────────────────────────────────────
       Next: Add pagination                         1.2M in · 34k out · 103k per step
       u undo session  p pause  Enter show in log  > tell  Esc back  ? help  q quit"
    `);
  });

  test('names the session of a Reviewer, below which the columns stay where they are', () => {
    const role: Role = 'reviewer';
    const sessions = someSessions.map((one, at) => (at === 0 ? { ...one, role } : one));
    const log = { task: 'build-rest-api-todo', entries, sessions };
    const text = drawing('80×20', { log, view: view({ focus: 'details', page: 'sessions' }) });
    expect(text.match(/^.*(?:reviewing|working ) .*$/gmu)?.join('\n')).toMatchInlineSnapshot(`
      "   3  reviewing  11:40  18m 30s  412k in  9.1k out                   2 steps  ✓
       ▸ 4  working    12:01   3m 12s                                       1 step  ⠙"
    `);
  });

  test('keeps tokens and durations of the sessions at 120 and at 40 columns', () => {
    const sessions = (size: `${number}×${number}`) =>
      drawing(size, { view: view({ focus: 'details', page: 'sessions' }) })
        .split('\n')
        .flatMap((row) => /[ ▸] 3  working.*?(?=│|$)/.exec(row)?.[0] ?? []);
    expect(sessions('120×40')).toEqual(['  3  working   11:40  18m 30s  421k       2 steps  ✓ ']);
    expect(sessions('40×10')).toEqual(['  3  working   11:40  18m 30s  421k  ✓']);
  });

  test('a session whose log was changed is marked, and lost ones are named', () => {
    const changed = someSessions.map((one) => ({ ...one, copy: 'changed' as const }));
    const log = { task: 'build-rest-api-todo', entries, sessions: changed, missing: [1, 2, 5] };
    const rows = (size: `${number}×${number}`) =>
      drawing(size, { view: view({ focus: 'details', page: 'sessions' }), log })
        .split('\n')
        .flatMap((row) => /[ ▸] (?:\d {2}working|! log).*?(?=│|$)/.exec(row)?.[0] ?? []);
    expect(rows('80×20')).toEqual([
      '  ! log changed: sessions 1-2, 5 missing',
      '  3  working   11:40  18m 30s  412k in  9.1k out       2 steps  log changed  ✓',
      '▸ 4  working   12:01   3m 12s                           1 step  log changed  ⠙',
    ]);
    expect(rows('40×10').at(1)).toBe('  3  working   11:40…   log changed  ✓');
  });

  test('shows description, settings and cost on the About page', () => {
    const about = view({ focus: 'details', page: 'about' });
    expect(drawing('80×24', { view: about })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ Tasks ────────────────────────────────────────────────────────────────────────
         ! publish-docs         ████▋        7/15   not logged in: run codex login
       ▸ ⠙ build-rest-api-todo  ████▊       12/25   running · session 4 · 3m 12s
         ~ refactor-auth        ███          9/30   usage limit, resumes at 14:00
         ‖ tidy-css             █▋           2/12   paused
         ? incomplete-task      not planned yet
         ✓ seed-data                        10/10   done
      ─ Steps  Sessions  Notes  About ────────────────────────────────────────────────
         Build a REST API for todo app, with tests.

         Name          build-rest-api-todo
         State         running
         Steps         12 of 25 (48%)
         Pace          4m 00s per step
         Tokens        1.2M in (900k cached) · 34k out · 103k per step
         Directory     ~/shop/.autonomous/build-rest-api-todo
         Conversation  none yet
         Run           started 11:20, 4 sessions
         Started with  model gpt-5.5
         Sandbox       workspace-write
      ────────────────────────────────────────────────────────────────────────────────
       Next: Add pagination                         1.2M in · 34k out · 103k per step
       p pause  → next page  > tell  n new  Tab next pane  Esc back  ? help  q quit"
    `);
  });

  test('shows on the About page what is used of the budgets, and when the run ends', () => {
    const limits = { ...noTaskLimits, maxTokens: 500_000, maxTimeMs: 8 * 3_600_000 };
    const spent = { tokens: 338_100, worked: { ms: 60_000, since: now - 60_000 } };
    const run = details.run && { ...details.run, until: now + 3_600_000 };
    const about = view({ focus: 'details', page: 'about' });
    const text = drawing('80×24', {
      details: { ...details, run, budget: { limits, spent } },
      view: about,
    });
    expect(text).toContain('Budget        338k of 500k tokens, 2m 00s of 8h 00m of work');
    expect(text).toContain('4 sessions, until 13:04');
  });

  test('takes back what the user said last, and no word of what the user edited', () => {
    const about = view({ focus: 'details', page: 'about' });
    const piece = { at: now, when: 'next', told: null } as const;
    const guidance = [
      { ...piece, id: 'said', text: 'Use PostgreSQL' },
      { ...piece, id: 'edited', text: 'I changed task_list.md myself.', about: 'list' as const },
    ];
    const waiting = (said: typeof guidance) =>
      keyContextOf(about, { board: board(), details: { ...details, guidance: said } }).waiting?.id;
    expect(waiting(guidance)).toBe('said');
    expect(waiting(guidance.slice(1))).toBeUndefined();
    const text = drawing('100×40', { details: { ...details, guidance }, view: about });
    expect(text).toMatch(/You edited {2}waiting\s+I changed task_list\.md myself\./u);
    expect(text).toMatch(/You said {2}waiting\s+Use PostgreSQL/u);
  });

  test('shows on the About page how far the review is, and what of the tokens it took', () => {
    const usage = { ...noUsage, inputTokens: 41_000, cachedInputTokens: 9000, outputTokens: 1200 };
    const reviews: ReviewsReport = {
      ...{ verdict: 'not accepted', rounds: 1, rejected: 1, unclear: 0, sessions: 1, usage },
    };
    const review = { round: 1, rejected: 1, findings: 3, reviews };
    const shown = (reviewed: Pick<typeof details, 'review'>, word: StateWord) =>
      drawing('100×24', {
        details: { ...details, ...reviewed },
        board: board({
          tasks: tasks.map((task) => ({ ...task, state: { word, reason: null, until: null } })),
        }),
        view: view({ focus: 'details', page: 'about' }),
      })
        .split('\n')
        .filter((line) => /Tokens|Review|^ {17}/u.test(line))
        .join('\n');
    expect(shown({ review }, 'reviewing')).toMatchInlineSnapshot(`
      "   Tokens        1.2M in (900k cached) · 34k out · 103k per step
         Review        reviewed in 1 round, not accepted · 1 of at most 3 rejections · 3 findings in the
                       last one · round 2 is under way
                       1 session, of the tokens above: 41k in (9.0k cached), 1.2k out"
    `);
    expect(shown({ review }, 'running')).not.toContain('under way');
    const accepted: ReviewsReport = { ...reviews, verdict: 'accepted', rounds: 2, sessions: 2 };
    expect(
      shown({ review: { round: 2, rejected: 0, findings: 0, reviews: accepted } }, 'done'),
    ).toContain('Review        reviewed in 2 rounds, accepted\n');
    expect(shown({}, 'running')).not.toContain('Review');
  });

  test('names the task if the list of tasks is hidden', () => {
    const steps = view({ focus: 'details' });
    expect(drawing('40×10', { view: steps })).toMatchInlineSnapshot(`
      " 1 needs you · ⠙ 1 running        12:04
      ─ build-rest-api-todo · Steps ──────────
         ✓ 10  Set up the project       11:44
         ✓ 11  Add the repository lay…  11:52
         ✓ 12  Return 404 for unknown…  12:04
         Phase 2: Behaviour
       ▸ ⠙ 13  Add pagination
         ○ 14  Validate input with zod
         ‖ 15  Deploy (blocked: no credentia…
       p pause  Esc back  ? help  q quit"
    `);
  });

  test('always shows the session that ticked the marked step', () => {
    const marked = (size: `${number}×${number}`) =>
      drawing(size, { view: view({ focus: 'details', detailsAt: 1 }) }).match(
        /▸ ✓.*?(?=│|$)/m,
      )?.[0];
    expect(marked('40×10')).toBe('▸ ✓ 11  Add the re…  11:52 · session 3');
    expect(marked('120×40')).toBe('▸ ✓ 11  Add the repository layer   11:52 · session 3 ');
    expect(marked('80×24')).toMatch(/layer {2,}11:52 · session 3$/);
  });

  test('leaves the list all its columns at 200×60', () => {
    expect(drawing('200×60').split('\n').slice(0, 12).join('\n')).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop                                                                                              1 needs you · ⠙ 1 running · 1 waiting · 1 paused · 1 not planned · 1 done    12:04
      ─ Tasks ────────────────────────────────────────────────────────────────────────────┬─ build-rest-api-todo · session 4 · working · 3m 12s ──────────────────────────────────────────────────────────────
         ! publish-docs                    █████████▎             7/15   46%  needs you   │ 12:01:15  ── session 4 · working ────────────────────────────────────────────────────────────────────────────────
           not logged in: run codex login                                                 │ 12:03:40  Reading the task list
       ▸ ⠙ build-rest-api-todo             █████████▌            12/25   48%  running     │ 12:03:58  $ npm test                                                                                     ✓  4.1 s
           session 4 · working · 3m 12s                                                   │           └ 42 passed, 0 failed
         ~ refactor-auth                   ██████                 9/30   30%  waiting     │ 12:04:01  ✎ src/todo.ts  + src/todo.test.ts
           usage limit, resumes at 14:00                                                  │ 12:04:07  Task 12 is done. Pagination comes next; the handler needs a cursor, not an offset.
         ‖ tidy-css                        ███▎                   2/12   16%  paused      │ 12:04:09  $ rg -n "offset" src                                                                           ✓  0.1 s
         ? incomplete-task                 not planned yet                    no list     │           └ src/todo.ts:7: offset                                                                        +6 lines
         ✓ seed-data                                             10/10  100%  done        │             src/todo.ts:8: offset
                                                                                          │             src/todo.ts:9: offset"
    `);
  });
});

describe('a filter', () => {
  test('by name is typed in the last row, and the list shows the matches', () => {
    const field = fieldWith('ref');
    const filtering = view({
      filter: { group: null, text: 'ref', at: now },
      dialog: { kind: 'filter', field },
    });
    expect(drawing('60×14', { view: filtering })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop    1 needs you · ⠙ 1 running  12:04
      ─ Tasks · “ref” ────────────────────────────────────────────
       ▸ ~ refactor-auth  ███          9/30   resumes at 14:00


      ─ refactor-auth · waiting ──────────────────────────────────






      ────────────────────────────────────────────────────────────
       Find: ref                       Enter keep  Esc show all"
    `);
  });

  test('that no task matches says how to clear it', () => {
    const filtering = view({ filter: { group: 'idle', text: 'x', at: now } });
    expect(drawing('60×14', { view: filtering })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop    1 needs you · ⠙ 1 running  12:04
      ─ Tasks · idle · “x” ───────────────────────────────────────

        No task matches “x”.
        Esc: show all
      ─ Log ──────────────────────────────────────────────────────






      ────────────────────────────────────────────────────────────
       Esc show all  n new  : commands  / find  ? help  q quit"
    `);
  });

  test('in the palette shows the matching commands', () => {
    const palette = view({ dialog: { kind: 'palette', field: fieldWith('pau'), at: 1 } });
    expect(drawing('80×24', { view: palette })).toMatchInlineSnapshot(`
      " ╭ All commands 2 of 6 ───────────────────────────────────────────────────────╮
       │ ┃ pau                                                                      │
       │   pause                 Pause the task now; its conversation can be re…  p │
       │ ▸ pause after session   Pause the task after this session; press again…  P │
       │   pause all and quit    Pause all tasks on this screen, then quit; ask…  Q │
       │   page up               One page up.                                  PgUp │
       │   take over             build-rest-api-todo has no conversation yet: n…  T │
       │   filter (tasks)        Switch the filter: tasks that need you, runnin…  f │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │                                                                            │
       │ Pause the task after this session; press again to cancel.                  │
       │                                                                            │
       │ Enter run  Esc close                                                       │
       ╰────────────────────────────────────────────────────────────────────────────╯"
    `);
  });
});

test('marked tasks are counted, and each key says to how many of them it applies', () => {
  const marked = view({ marked: new Set(['tidy-css', 'publish-docs']) });
  expect(drawing('80×24', { view: marked })).toMatchInlineSnapshot(`
    " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
    ─ Tasks · 2 marked ─────────────────────────────────────────────────────────────
    •  ! publish-docs         ████▋        7/15   not logged in: run codex login
     ▸ ⠙ build-rest-api-todo  ████▊       12/25   running · session 4 · 3m 12s
       ~ refactor-auth        ███          9/30   usage limit, resumes at 14:00
    •  ‖ tidy-css             █▋           2/12   paused
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
     p pause 1  c continue 2  r resume-last 1  Esc unmark  n new  ? help  q quit"
  `);
});

describe('steps that are in doubt', () => {
  const doubted: typeof details = {
    ...details,
    unproven: [
      { number: 11, session: 3, reason: 'no file changed, and no command ran' },
      { number: 12, session: 4, reason: 'no file changed, and no command ran' },
    ],
    replaced: {
      session: 4,
      steps: [
        { number: 13, text: 'Add pagination', instead: null },
        { number: 14, text: 'Validate input with zod', instead: 'Validate some input' },
      ],
    },
  };
  const pane = (size: `${number}×${number}`, changes = {}): string =>
    drawing(size, { details: doubted, view: view({ focus: 'details', ...changes }) });

  test('are marked, and below the steps stands what was put back and why ticks are unproven', () => {
    expect(pane('80×40', { zoom: 'zoomed' })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ build-rest-api-todo · Steps  Sessions  Notes  About ──────────────────────────
         Phase 1: Foundation
         ✓ 10  Set up the project                                   11:44 · session 3
         ✓ 11  Add the repository layer                  unproven · 11:52 · session 3
         ✓ 12  Return 404 for unknown ids                unproven · 12:04 · session 4
         Phase 2: Behaviour
       ▸ ⠙ 13  Add pagination
         ○ 14  Validate input with zod
         ‖ 15  Deploy (blocked: no credentials)
         ! Session 4 removed or reworded steps; they were put back:
         13  Add pagination
         14  Validate input with zod
               it wrote: Validate some input
         v accepts its version
         ! 2 ticks are unproven:
         11  session 3: no file changed, and no command ran
         12  session 4: no file changed, and no command ran




















       Next: Add pagination                         1.2M in · 34k out · 103k per step
       p pause  v accept version  Enter show in log  > tell  Esc back  ? help  q quit"
    `);
  });

  test('are marked in a narrow pane, too', () => {
    expect(pane('120×40')).toMatchInlineSnapshot(`
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
      ─ Steps  Sessions  Notes  About ──────────────────────┤
         Phase 1: Foundation                                │
         ✓ 10  Set up the project                     11:44 │
         ✓ 11  Add the repository layer    unproven · 11:52 │
         ✓ 12  Return 404 for unknown ids  unproven · 12:04 │
         Phase 2: Behaviour                                 │
       ▸ ⠙ 13  Add pagination                               │
         ○ 14  Validate input with zod                      │
         ‖ 15  Deploy (blocked: no credentials)             │
         ! Session 4 removed or reworded steps; they were   │
         put back:                                          │
         13  Add pagination                                 │
         14  Validate input with zod                        │
               it wrote: Validate some input                │
         v accepts its version                              │
         ! 2 ticks are unproven:                            │
         11  session 3: no file changed, and no command ran │
         12  session 4: no file changed, and no command ran │
                                                            │
                                                            │
                                                            │
                                                            │
                                                            │
      ──────────────────────────────────────────────────────┴──────────────────────────────────────────────────── following ──
       Next: Add pagination                                                                 1.2M in · 34k out · 103k per step
       p pause  v accept version  Enter show in log  → next page  > tell  a add step  E edit step  Esc back  ? help  q quit"
    `);
    expect(pane('40×10', { detailsAt: 1 })).toMatchInlineSnapshot(`
      " 1 needs you · ⠙ 1 running        12:04
      ─ build-rest-api-todo · Steps ──────────
         Phase 1: Foundation
         ✓ 10  Set up the project       11:44
       ▸ ✓ 11  Add the…  unproven · session 3
         ✓ 12  Return 404 for unkn…  unproven
         Phase 2: Behaviour
         ⠙ 13  Add pagination
         ○ 14  Validate input with zod
       p pause  Esc back  ? help  q quit"
    `);
  });

  test('can all be reached: at the last mark, the lines below it are in view', () => {
    expect(pane('80×20', { detailsAt: 99 })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ Tasks 2 of 6 ─────────────────────────────────────────────────────────────────
         ! publish-docs         ████▋        7/15   not logged in: run codex login
       ▸ ⠙ build-rest-api-todo  ████▊       12/25   running · session 4 · 3m 12s
         ~ refactor-auth        ███          9/30   usage limit, resumes at 14:00
         ‖ tidy-css             █▋           2/12   paused
         ? incomplete-task      not planned yet
      ─ Steps  Sessions  Notes  About ─ 12 of 25 · about 52 min left ─────────────────
         ‖ 15  Deploy (blocked: no credentials)
         ! Session 4 removed or reworded steps; they were put back:
         13  Add pagination
         14  Validate input with zod
               it wrote: Validate some input
         v accepts its version
         ! 2 ticks are unproven:
         11  session 3: no file changed, and no command ran
       ▸ 12  session 4: no file changed, and no command ran
      ────────────────────────────────────────────────────────────────────────────────
       Next: Add pagination                         1.2M in · 34k out · 103k per step
       p pause  v accept version  Enter show in log  > tell  Esc back  ? help  q quit"
    `);
  });

  test('are given up after a question that names them', () => {
    const confirm = askToAccept(tasks[0]!, doubted.replaced!);
    expect(pane('80×24', { dialog: { kind: 'confirm', confirm } })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ Tasks ────────────────────────────────────────────────────────────────────────
         ! publish-docs         ████▋        7/15   not logged in: run codex login
       ▸ ⠙ build-rest-api-todo  ████▊       12/25   running · session 4 · 3m 12s
         ~ refactor-auth        ███          9/30   usage limit, resumes at 14:00
         ‖ tidy-css             █▋           2/12   paused
         ? incomplete-task      not planned yet
         ✓ se ╭ Accept the version ──────────────────────────────────────────╮
      ─ Steps │ Replace the list of build-rest-api-todo with the version of  │ ───────
         Phas │ session 4?                                                   │
         ✓ 10 │ Without step 13: Add pagination                              │ sion 3
         ✓ 11 │ Step 14 becomes: Validate some input                         │ sion 3
         ✓ 12 │ What is ticked now stays ticked.                             │ sion 4
         Phas │                                                              │
       ▸ ⠙ 13 │ Enter accept  Esc no                                         │
         ○ 14 ╰──────────────────────────────────────────────────────────────╯
         ‖ 15  Deploy (blocked: no credentials)
         ! Session 4 removed or reworded steps; they were put back:
         13  Add pagination
         14  Validate input with zod
               it wrote: Validate some input
      ────────────────────────────────────────────────────────────────────────────────
       Next: Add pagination                         1.2M in · 34k out · 103k per step
       p pause  v accept version  Enter show in log  > tell  Esc back  ? help  q quit"
    `);
  });
});
