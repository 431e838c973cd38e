// The files that decide what a check proves: tests, and what the check's own command runs. Those that were deleted or
// changed since the baseline are listed beside it; whether that is right only a reader can say.

import { cleanLine } from '../text/clean.ts';
import type { Check } from './check.ts';

/** A file that differs between two trees. `kind` is git's. */
export type FileDifference = {
  path: string;
  from: string | null;
  kind: 'added' | 'deleted' | 'changed' | 'renamed';
};

const mostNamed = 20;

/** `test/todo.test.ts (deleted)`, safe to print, at most twenty and how many more. New files are not named. */
export function touchedFiles(
  differences: readonly FileDifference[],
  { command }: Pick<Check, 'command'>,
): readonly string[] {
  const named = differences.flatMap(({ path, from, kind }) => {
    const before = from ?? path;
    if (kind === 'added' || !(isTest(before) || runsIt(command, before))) return [];
    const what = kind === 'renamed' ? `now ${cleanLine(path, { maxLength: 200 })}` : kind;
    return [`${cleanLine(before, { maxLength: 200 })} (${what})`];
  });
  const more = named.length - mostNamed;
  return more > 0 ? [...named.slice(0, mostNamed), `and ${more} more`] : named;
}

/** By the names that test runners look for. */
function isTest(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|specs?|__tests__|__snapshots__|testing|e2e|features|fixtures)\//iu.test(
      path,
    ) ||
    /(?:^|\/)(?:test_[^/]+|conftest)\.py$|[._-](?:test|spec|tests)\.[^/]+$|(?:Test|Tests|Spec|IT)\.(?:java|kt|scala|cs|php|swift)$/u.test(
      path,
    )
  );
}

/** Files that a program reads to know what to run. */
const configurations: readonly (readonly [program: RegExp, file: RegExp])[] = [
  [
    /\b(?:npm|npx|pnpm|yarn|bun|node|vitest|jest|mocha|tsc)\b/u,
    /(?:^|\/)(?:package\.json|tsconfig[^/]*\.json|(?:vite|vitest|jest|mocha|playwright|cypress)[^/]*\.config\.[^/]+|\.mocharc[^/]*)$/u,
  ],
  [/\bmake\b/u, /(?:^|\/)(?:GNUmakefile|[Mm]akefile|[^/]+\.mk)$/u],
  [
    /\b(?:pytest|python3?|tox|nox|uv|poetry)\b/u,
    /(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini|pytest\.ini|noxfile\.py)$/u,
  ],
  [/\bcargo\b/u, /(?:^|\/)(?:Cargo\.toml|build\.rs)$/u],
  [/\bgo\b/u, /(?:^|\/)go\.mod$/u],
  [/\b(?:mvn|mvnw)\b/u, /(?:^|\/)pom\.xml$/u],
  [/\b(?:gradle|gradlew)\b/u, /(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$/u],
  [/\b(?:rake|rspec|bundle)\b/u, /(?:^|\/)(?:Rakefile|\.rspec|Gemfile)$/u],
  [/\bjust\b/u, /(?:^|\/)\.?[Jj]ustfile$/u],
];

function runsIt(command: string, path: string): boolean {
  const words = command.split(/[\s;&|()<>'"]+/u).map((word) => word.replace(/^\.\//u, ''));
  if (words.includes(path)) return true;
  return configurations.some(([program, file]) => program.test(command) && file.test(path));
}
