// The report as it is pasted into a pull request.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportJson } from '../../../source/core/report/document.ts';
import { code, reportMarkdown } from '../../../source/core/report/markdown.ts';
import type { ProjectReport } from '../../../source/core/report/project-report.ts';
import type { TaskReport } from '../../../source/core/report/task-report.ts';
import { ended, reportOf, ticked } from '../../helpers/report-facts.ts';
import { viewOf } from '../../helpers/task-views.ts';

const of = (...tasks: TaskReport[]): ProjectReport => ({
  ...{ project: '/home/me/shop', since: null, at: 0, tasks, gone: [] },
});

const good = reportOf({ journal: [ended(1), ticked(1, ['Add the cart'])] });
const failed = reportOf({
  view: viewOf('docs', { state: { word: 'failed', reason: 'Codex is missing', until: null } }),
  journal: [ended(1, { outcome: 'unknown', usage: null })],
});

test('a night that failed says so first, and what did not happen', () => {
  const [, , headline = ''] = reportMarkdown(of(failed)).split('\n');
  expect(headline).toMatch(/^\*\*1 task failed · no step was ticked · 1 session\.\*\*/);
});

test('what needs the user comes before everything else', () => {
  const text = reportMarkdown(of(good, failed));
  expect(text).toContain('## Needs you first\n\n- `docs`: **failed**: `Codex is missing`\n');
  expect(text.indexOf('## `docs`')).toBeLessThan(text.indexOf('## `cart`'));
});

test('it says what it does not know, and that nobody reviewed', () => {
  const text = reportMarkdown(of(failed));
  expect(text).toContain('- **Tokens**: not known');
  expect(text).toContain('- **Files**: not known');
  expect(text).toContain('- **Review**: not reviewed');
});

test('tasks where nothing happened, and tasks that are gone, get a sentence together', () => {
  const [idle, old] = ['idle', 'old'].map((name) => reportOf({ view: viewOf(name) }));
  const text = reportMarkdown({ ...of(good, idle!, old!), gone: ['lost'] });
  expect(text).toContain('Nothing happened in `idle`, `old`.');
  expect(text).toContain('Gone, so not in this report: `lost`.');
});

describe('text that others wrote', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '`',
      '``x`',
      '# x',
      '@everyone',
      '<img src=x>',
      '\n\n# x',
      '| a |',
      '[x](y)',
      '\u202E',
      ' ',
    ),
  );

  test('stays in its code span, on its line', () => {
    fc.assert(
      fc.property(
        fc.array(hostile).map((parts) => parts.join('')),
        (text) => {
          const span = code(text);
          if (span === '(empty)') return;
          const [, fence = '', inside = ''] = /^(`+)(.*)\1$/s.exec(span) ?? [];
          expect(fence).not.toBe('');
          expect(inside).not.toContain('\n');
          const runs = inside.match(/`+/g) ?? [];
          expect(runs.map(({ length }) => length)).not.toContain(fence.length);
          expect(/^`|`$/.test(inside)).toBe(false);
        },
      ),
    );
  });

  test('cannot add a line to the report', () => {
    const lines = (text: string): number => {
      const journal = [ended(1, { outcome: text }), ticked(1, [text], false)];
      const unproven = [{ text, session: 1, reason: text }];
      const state = { word: 'failed', reason: text, until: null } as const;
      const view = viewOf('cart', { label: text, unmet: `${text}!`, state });
      return reportMarkdown(of(reportOf({ journal, unproven, view }))).split('\n').length;
    };
    fc.assert(
      fc.property(hostile, (text) => {
        expect(lines(`a${text}`)).toBe(lines('plain'));
      }),
    );
  });
});

test('a report on a thousand tasks is still one that GitHub takes', () => {
  const journal = [
    ended(1),
    ticked(
      1,
      Array.from({ length: 300 }, (_, at) => `step ${at} ${'x'.repeat(200)}`),
      false,
    ),
  ];
  const tasks = Array.from({ length: 1000 }, (_, at) =>
    reportOf({ journal, view: viewOf(`task-${at}`) }),
  );
  const text = reportMarkdown(of(...tasks));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('Left out, or this would be too long: `task-');
});

test('as JSON it is one document with a version, and says the same', () => {
  const document = JSON.parse(reportJson({ ...of(good, failed), since: 0 })) as unknown;
  expect(document).toMatchObject({
    version: 1,
    since: '1970-01-01T00:00:00.000Z',
    totals: { ticked: 1, proven: 1, sessions: 2, needYou: 0, failed: 1 },
    tasks: [
      { name: 'docs', state: 'failed', needsYou: true, files: null, review: 'not reviewed' },
      {
        name: 'cart',
        sessions: { ended: 1, byOutcome: [{ outcome: 'completed', count: 1 }] },
        tokens: { inputTokens: 8000, perStep: 2400, sessionsWithout: 0 },
      },
    ],
  });
});
