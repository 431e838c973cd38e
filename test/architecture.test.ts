// Holds source/ to the layout of docs/architecture.md. Layers and circles are rules for dependency-cruiser
// (architecture-rules.ts), whose comments say what to do; what it cannot express is checked here.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult, type IDependency } from 'dependency-cruiser';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { architectureRules } from './architecture-rules.ts';
import { unusedExports } from './helpers/unused-exports.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const root = join(project, 'source');

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => path.split(sep).join('/'))
  .sort();

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const layerOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : 'programs');

let graph: ICruiseResult;

beforeAll(async () => {
  const { output } = await cruise(['source'], {
    ruleSet: { forbidden: [...architectureRules] },
    validate: true,
    baseDir: project,
    // Counts imports of types, too, and tells them apart.
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'default'],
    },
  });
  graph = output as ICruiseResult;
}, 120_000);

describe('imports', () => {
  test('go down only, and never in a circle', () => {
    const broken = graph.summary.violations.map(({ rule, from, to, cycle }) => {
      const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ');
      const comment = architectureRules.find(({ name }) => name === rule.name)?.comment;
      return `${rule.name}: ${from} → ${path}\n  ${comment}`;
    });
    expect(broken.join('\n')).toBe('');
  });

  test('are all seen: each file is in the graph, and each rule names a folder that exists', () => {
    const seen = graph.modules.map(({ source }) => source);
    expect(seen).toEqual(expect.arrayContaining(files.map((path) => `source/${path}`)));
    const layers = 'cli components core demo engine hooks programs screen system ui';
    expect([...new Set(files.map(layerOf))].sort()).toEqual(layers.split(' '));
  });
});

describe('loading costs', () => {
  test('a list and a help load nothing that is not Node’s', () => {
    expect(packagesOf('cli/main.ts')).toEqual([]);
    expect(packagesOf('cli/quick.ts')).toEqual([]);
    expect(packagesOf('cli/commands/list-command.ts')).toEqual([]);
  });

  test('a runner has no React in it, and loads execa only', () => {
    expect(packagesOf('runner.ts')).toEqual(['execa']);
  });

  test('a warden loads nothing that is not Node’s', () => {
    expect(packagesOf('warden.ts')).toEqual([]);
  });

  test('the packages of NATS are loaded late, by what has a hub', () => {
    const early = graph.modules.flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ dynamic, preCompilationOnly }) => !dynamic && preCompilationOnly !== true)
        .filter(
          ({ resolved }) => resolved.includes('/nats-packages.ts') || isOfNats(source, resolved),
        )
        .map(({ resolved }) => `${source}: ${resolved}`),
    );
    expect(early).toEqual([]);
  });

  function isOfNats(source: string, resolved: string): boolean {
    return resolved.includes('node_modules/@nats-io/') && !source.endsWith('/nats-packages.ts');
  }

  test('a run without a screen never loads one', () => {
    const packages = packagesOf('cli/commands/run-command.ts', 'late imports, too');
    expect(packages.filter((name) => /^(?:react|ink)/.test(name))).toEqual([]);
  });
});

/** The npm packages that are loaded with a file, whichever of its imports needs them. */
function packagesOf(path: string, scope?: 'late imports, too'): string[] {
  const isLoaded = ({ preCompilationOnly, dynamic }: IDependency): boolean =>
    preCompilationOnly !== true && (!dynamic || scope !== undefined);
  const dependenciesOf = new Map(
    graph.modules.map(({ source, dependencies }) => [source, dependencies]),
  );
  const start = `source/${path}`;
  expect(dependenciesOf.has(start)).toBe(true);
  const reached = new Set([start]);
  const packages = new Set<string>();
  for (const file of reached) {
    for (const dependency of (dependenciesOf.get(file) ?? []).filter(isLoaded)) {
      const { resolved } = dependency;
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(resolved)?.[1];
      if (name !== undefined) packages.add(name);
      else if (resolved.startsWith('source/')) reached.add(resolved);
    }
  }
  return [...packages].sort();
}

describe('core is pure', () => {
  test.each(files.filter((path) => layerOf(path) === 'core'))(
    '%s knows no clock, no chance, no process and does not wait',
    (path) => expect(nodesOf(path, isImpure)).toEqual([]),
  );
});

describe('time comes from system/clock.ts only', () => {
  const mayTell = ['programs', 'demo'];
  const exceptions = new Map([
    ['system/clock.ts', 'it is the clock'],
    ['system/watch.ts', 'its timer must not keep the process alive, and a Clock has no such timer'],
    [
      'cli/pause-on-signals.ts',
      'its timer must not keep the process alive, and a Clock has no such timer',
    ],
    [
      'system/state/fingerprint.ts',
      'compares with the times of files, which no test turns by hand',
    ],
    ['system/state/state-directory.ts', 'dates a line that only a human reads'],
  ]);

  test.each(files.filter((path) => !mayTell.includes(layerOf(path)) && !exceptions.has(path)))(
    '%s asks a Clock',
    (path) => {
      const advice = 'take a Clock from the deps, or use systemClock where there are none';
      expect(nodesOf(path, tellsTime).map((text) => `${text}: ${advice}`)).toEqual([]);
    },
  );
});

function tellsTime(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    return ['Date.now', 'performance.now'].includes(node.getText());
  }
  if (ts.isNewExpression(node)) return isNewDateOfNow(node);
  return ts.isIdentifier(node) && /^set(?:Timeout|Interval)$/.test(node.text) && isUsed(node);
}

function isNewDateOfNow({ expression, arguments: given }: ts.NewExpression): boolean {
  return expression.getText() === 'Date' && (given?.length ?? 0) === 0;
}

/** The texts of the nodes of a file that pass. */
function nodesOf(path: string, passes: (node: ts.Node) => boolean): string[] {
  const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (passes(node)) found.push(node.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const impureNames = new Set(
  (
    'process performance globalThis Buffer crypto fetch require console Promise ' +
    'setTimeout setInterval setImmediate queueMicrotask'
  ).split(' '),
);

function isImpure(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword) return true;
  if (ts.isPropertyAccessExpression(node)) {
    return ['Date.now', 'Math.random'].includes(node.getText());
  }
  if (ts.isNewExpression(node)) return isNewDateOfNow(node);
  return ts.isIdentifier(node) && impureNames.has(node.text) && isUsed(node);
}

/** False for the name of a field: `row.process` is not Node's process. */
function isUsed(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  return !(
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isLiteralTypeNode(parent)
  );
}

describe('exports', () => {
  const exceptions = new Set([
    // The entry point loads it from the built file.
    'source/cli/quick.ts: main',
  ]);

  test('are imported by another file', () => {
    const broken = unusedExports()
      .filter((name) => !exceptions.has(name))
      .map((name) => `${name} is for its own file only: remove "export", or all of it if unused`);
    expect(broken).toEqual([]);
  }, 120_000);
});

describe('files', () => {
  const maxFilesInFolder = 20;
  const maxLines = 300;

  test(`are at most ${maxFilesInFolder} in a folder`, () => {
    const counts = Map.groupBy(files, (path) => dirname(path));
    const full = [...counts]
      .filter(([, inside]) => inside.length > maxFilesInFolder)
      .map(
        ([folder, inside]) => `source/${folder} has ${inside.length} files: split it by subject`,
      );
    expect(full).toEqual([]);
  });

  test('pass nothing on: whoever wants something imports it from where it is', () => {
    const passOn = files.filter((path) => {
      const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true);
      return (
        /(?:^|\/)index\.tsx?$/.test(path) === true ||
        source.statements.some(
          (statement) =>
            ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined,
        )
      );
    });
    expect(passOn).toEqual([]);
  });

  test('open with what they own', () => {
    expect(files.filter((path) => !/^\/[/*]/.test(textOf(path)))).toEqual([]);
  });

  test('stay short enough to be read', () => {
    const long = files
      .map((path) => ({ path, lines: textOf(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > maxLines)
      .map(({ path, lines }) => `${path} has ${lines} lines: split it`);
    expect(long).toEqual([]);
  });

  test('end no process, unless they are programs', () => {
    const mayEnd = ['programs', 'cli', 'demo'];
    const broken = files.filter(
      (path) => !mayEnd.includes(layerOf(path)) && /\bprocess\.exit\(/.test(textOf(path)),
    );
    expect(broken).toEqual([]);
  });
});
