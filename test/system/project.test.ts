import * as fs from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProject, homeRelative } from '../../source/system/project.ts';

let root: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'project-')));
});

afterEach(() => fs.rmSync(root, { recursive: true }));

function make(...paths: string[]): void {
  for (const path of paths) fs.mkdirSync(join(root, path), { recursive: true });
}
const at = (path: string): string => join(root, path);

describe('without --cd the project is', () => {
  test('the nearest directory upwards that has tasks', () => {
    make('a/.autonomous', 'a/b/.autonomous', 'a/b/c/d');
    expect(findProject(null, at('a/b/c/d'))).toEqual({ path: at('a/b') });
    expect(findProject(null, at('a/b'))).toEqual({ path: at('a/b') });
  });

  test('not a directory beyond the repository’s root', () => {
    make('a/.autonomous', 'a/b/.git', 'a/b/c');
    expect(findProject(null, at('a/b/c'))).toEqual({ path: at('a/b/c') });
  });

  test('the repository’s root if it has tasks', () => {
    make('a/b/.autonomous', 'a/b/.git', 'a/b/c');
    expect(findProject(null, at('a/b/c'))).toEqual({ path: at('a/b') });
  });

  test('not above a worktree’s root, although its .git is a file', () => {
    make('a/.autonomous', 'a/b/c');
    fs.writeFileSync(at('a/b/.git'), 'gitdir: elsewhere');
    expect(findProject(null, at('a/b/c'))).toEqual({ path: at('a/b/c') });
  });

  test('the current directory if none above has tasks', () => {
    make('a/.git', 'a/b');
    expect(findProject(null, at('a/b'))).toEqual({ path: at('a/b') });
  });

  test('a real path, even if reached through a link', () => {
    make('a/.autonomous', 'a/b');
    fs.symlinkSync(at('a/b'), at('link'));
    expect(findProject(null, at('link'))).toEqual({ path: at('a') });
  });
});

describe('--cd', () => {
  test('is used as it is, even if a directory above has tasks', () => {
    make('a/.autonomous', 'a/b');
    expect(findProject(at('a/b'), '/')).toEqual({ path: at('a/b') });
    expect(findProject('b', at('a'))).toEqual({ path: at('a/b') });
  });

  test.each(['nowhere', 'file', 'file/below'])('to a path that is not a directory: %s', (named) => {
    fs.writeFileSync(at('file'), '');
    expect(findProject(named, root)).toEqual({
      problem: expect.stringContaining(at(named)) as string,
    });
  });
});

test('a path in the user’s home is shown with a tilde, and no other path is', () => {
  const home = homedir();
  expect(homeRelative(home)).toBe('~');
  expect(homeRelative(join(home, 'shop'))).toBe('~/shop');
  expect(homeRelative(`${home}-of-another/shop`)).toBe(`${home}-of-another/shop`);
  expect(homeRelative('/srv/shop')).toBe('/srv/shop');
});
