import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileUri, hasLinks, mayPassLinks } from '../../../source/ui/terminal/file-links.ts';
import { changedFileLink, loggedFile } from '../../../source/ui/rows/file-place.ts';
import { foreignText } from '../arbitrary.ts';

const tmux = { TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0', TERM_PROGRAM: 'tmux' };

describe('links to files', () => {
  test.each([
    [{ TERM: 'xterm-kitty' }],
    [{ TERM: 'foot' }],
    [{ TERM: 'alacritty' }],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.0' }],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.104.0' }],
    [{ TERM: 'xterm-256color', VTE_VERSION: '7600' }],
    [{ TERM: 'xterm-256color', KITTY_WINDOW_ID: '1' }],
    [{ TERM: 'xterm-256color', WT_SESSION: 'a' }],
  ])('are written where the terminal is known to have them: %o', (environment) => {
    expect(hasLinks(environment, null)).toBe(true);
  });

  test.each([
    [{}],
    [{ TERM: 'xterm-256color' }],
    [{ TERM: 'dumb', VTE_VERSION: '7600' }],
    [{ TERM: 'linux', TERM_PROGRAM: 'WezTerm' }],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15' }],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' }],
    [{ TERM: 'xterm-256color', VTE_VERSION: '4800' }],
    [{ TERM: 'screen-256color', KITTY_WINDOW_ID: '1' }],
    [{ TERM: 'xterm-kitty', STY: '1.host' }],
  ])('are not written elsewhere: %o', (environment) => {
    expect(hasLinks(environment, 'hyperlinks')).toBe(false);
  });

  test('are written in tmux only if it passes them on and the terminal around it has them', () => {
    const inside = { ...tmux, VTE_VERSION: '7600' };
    const features = '256,clipboard,hyperlinks,title\n';
    expect(hasLinks({ ...inside, TERM_PROGRAM_VERSION: '3.4' }, features)).toBe(true);
    expect(hasLinks({ ...inside, TERM_PROGRAM_VERSION: '3.5a' }, features)).toBe(true);
    expect(hasLinks({ ...inside, TERM_PROGRAM_VERSION: '3.3a' }, features)).toBe(false);
    expect(hasLinks({ ...inside, TERM_PROGRAM_VERSION: '3.4' }, '256,clipboard')).toBe(false);
    expect(hasLinks({ ...inside, TERM_PROGRAM_VERSION: '3.4' }, null)).toBe(false);
    expect(mayPassLinks({ ...inside, TERM_PROGRAM_VERSION: '3.4' })).toBe(true);
    expect(mayPassLinks({ TERM: 'xterm-kitty' })).toBe(false);
  });

  test('have addresses of plain characters, which name exactly the file', () => {
    const links = { host: 'here', project: '/home/me/shop/' };
    expect(fileUri('src/a b%#?.ts', links)).toBe('file://here/home/me/shop/src/a%20b%25%23%3F.ts');
    expect(fileUri('/tmp/ü', links)).toBe('file://here/tmp/%C3%BC');
    expect(fileUri('', links)).toBeNull();
    expect(fileUri('a'.repeat(3000), links)).toBeNull();
    fc.assert(
      fc.property(foreignText, (text) => {
        const path = `/${text.toWellFormed()}`;
        const uri = fileUri(path, links);
        if (uri === null) return;
        expect(uri).toMatch(/^file:\/\/here\/[A-Za-z0-9/._~%-]*$/);
        expect(decodeURIComponent(uri.slice('file://here'.length))).toBe(path);
      }),
    );
  });

  test('lead into the worktree of a task, and its log names files by their path in it', () => {
    const workplace = '/worktrees/shop';
    expect(loggedFile('/worktrees/shop/src/a.ts', { workplace })).toEqual({
      shown: 'src/a.ts',
      link: '/worktrees/shop/src/a.ts',
    });
    expect(loggedFile('.autonomous/shop/progress.md', { workplace, project: '/home/me' })).toEqual({
      shown: '.autonomous/shop/progress.md',
      link: '/home/me/.autonomous/shop/progress.md',
    });
    expect(loggedFile('src/a.ts', {})).toEqual({ shown: 'src/a.ts', link: 'src/a.ts' });
    expect(changedFileLink('src/a.ts', { workplace })).toBe('/worktrees/shop/src/a.ts');
    expect(changedFileLink('src/a.ts', { project: '/p' })).toBe('/p/src/a.ts');
  });
});
