// Which folder of source/ may import which. architecture.test.ts runs these rules with dependency-cruiser; the
// `comment` of a broken rule is what its reader sees, so it says what to do.

import type { IForbiddenRuleType } from 'dependency-cruiser';

type Layer = {
  below: readonly string[];
  /** Layers of which only types may be taken. */
  types: readonly string[];
  packages: readonly string[];
  /** What may be taken from Node's own modules. */
  node: 'nothing' | 'types' | 'values';
  typesOfPackages?: readonly string[];
};

type Rule = IForbiddenRuleType & { name: string; comment: string };

/** From the bottom up. */
const layers: Readonly<Record<string, Layer>> = {
  core: { below: [], types: [], packages: [], node: 'nothing' },
  system: {
    below: ['core'],
    types: [],
    packages: ['execa', 'chokidar', 'zod', 'smol-toml', '@nats-io'],
    node: 'values',
  },
  engine: { below: ['core'], types: ['system'], packages: [], node: 'types' },
  ui: {
    below: ['core'],
    types: [],
    packages: ['string-width', 'cli-spinners'],
    node: 'nothing',
    // They describe a key, which `ui/keys` reads.
    typesOfPackages: ['ink'],
  },
  screen: { below: ['core', 'engine', 'ui'], types: ['system'], packages: [], node: 'nothing' },
  hooks: {
    below: ['core', 'engine', 'ui', 'screen'],
    types: ['system'],
    packages: ['react', 'ink'],
    node: 'nothing',
  },
  components: {
    below: ['core', 'engine', 'ui', 'screen', 'hooks'],
    types: ['system'],
    packages: ['react', 'ink', 'ink-spinner'],
    node: 'nothing',
  },
};

const oneOf = (names: readonly string[]): string => `(?:${names.join('|')})`;

function rulesOf([layer, { below, types, packages, node, typesOfPackages = [] }]: [
  string,
  Layer,
]): Rule[] {
  const from = { path: `^source/${layer}/` };
  const allowed = [layer, ...below];
  const rules: Rule[] = [
    {
      name: `${layer} imports down only`,
      comment:
        `source/${layer} may import from ${allowed.join(', ')}` +
        (types.length > 0 ? `, and types from ${types.join(', ')}` : '') +
        `. Move what is needed down into one of these, or hand it in from above as a parameter.`,
      from,
      to: { path: '^source/', pathNot: `^source/${oneOf([...allowed, ...types])}/` },
    },
    {
      name: `${layer} loads its own packages only`,
      comment: `source/${layer} may load ${packages.join(', ') || 'no package'}. Use the package in the layer that owns it and hand the result in.`,
      from,
      to: {
        path: 'node_modules/',
        pathNot: `node_modules/(?:@types/)?${oneOf([...packages, ...typesOfPackages, 'node(?=/)'])}/`,
      },
    },
  ];
  for (const other of types) {
    rules.push({
      name: `${layer} takes types from ${other} only`,
      comment: `Write "import type": source/${layer} gets what ${other} does as a parameter (its deps), so that tests can hand in another.`,
      from,
      to: { path: `^source/${other}/`, dependencyTypesNot: ['type-only'] },
    });
  }
  for (const name of typesOfPackages) {
    rules.push({
      name: `${layer} takes types from ${name} only`,
      comment: `Write "import type": source/${layer} is pure and does not load ${name}.`,
      from,
      to: { path: `node_modules/${name}/`, dependencyTypesNot: ['type-only'] },
    });
  }
  if (node !== 'values') {
    rules.push({
      name: `${layer} does not touch the machine`,
      comment: `Only source/system and the programs use Node's modules. Put the call there and hand it in.`,
      from,
      to: {
        dependencyTypes: ['core'],
        ...(node === 'types' ? { dependencyTypesNot: ['type-only'] } : {}),
      },
    });
  }
  return rules;
}

const general: Rule[] = [
  {
    name: 'no circles',
    comment:
      'These files need each other, types included. Move what both need (mostly a type) into a file of its own.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'nothing below imports the programs',
    comment:
      'The two programs, source/cli and source/demo put everything together: nothing below them may know them.',
    from: { pathNot: '^source/(?:[^/]+$|cli/|demo/)' },
    to: { path: '^source/(?:[^/]+$|cli/|demo/)' },
  },
  {
    name: 'the demo does not know the command line',
    comment: 'source/cli starts the demo. Hand in what the demo needs.',
    from: { path: '^source/demo/' },
    to: { path: '^source/(?:[^/]+$|cli/)' },
  },
  {
    name: 'what is imported exists',
    comment: 'Correct the path, or install the package.',
    from: {},
    // The build makes quick.cjs.
    to: { couldNotResolve: true, pathNot: '/quick\\.cjs$' },
  },
];

export const architectureRules: readonly Rule[] = [
  ...Object.entries(layers).flatMap(rulesOf),
  ...general,
].map((rule) => ({ severity: 'error', ...rule }));
