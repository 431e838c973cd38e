// Cost over the number of tasks, as an SVG with logarithmic axes. From the first point of each line, a dashed line
// rises in proportion to the tasks.

export type Growth = { name: string; ms: readonly number[] };

const width = 640;
const height = 400;
const edge = { left: 70, right: 230, top: 20, bottom: 50 };
const colours = ['#0072b2', '#d55e00', '#009e73'];

export function growthPlot(sizes: readonly number[], lines: readonly Growth[]): string {
  const all = lines.flatMap(({ ms }) => ms);
  const least = Math.floor(Math.log10(Math.min(...all)));
  const most = Math.ceil(Math.log10(Math.max(...all)));
  const firstSize = Math.log10(sizes[0] ?? 1);
  const lastSize = Math.log10(sizes.at(-1) ?? 1);
  const x = (tasks: number): number =>
    edge.left +
    ((Math.log10(tasks) - firstSize) / (lastSize - firstSize)) * (width - edge.left - edge.right);
  const y = (ms: number): number =>
    height -
    edge.bottom -
    ((Math.log10(ms) - least) / (most - least)) * (height - edge.top - edge.bottom);
  const powers = Array.from({ length: most - least + 1 }, (_, at) => 10 ** (least + at));

  const drawn = lines.flatMap(({ name, ms }, at) => {
    const colour = colours[at % colours.length] ?? 'black';
    const points = ms.map((value, index) => `${round(x(sizes[index] ?? 1))},${round(y(value))}`);
    const [first = 0, last = 0] = [ms[0], ms.at(-1)];
    const [from = 1, to = 1] = [sizes[0], sizes.at(-1)];
    // The dashed line ends at the edge of the plot.
    const steep = Math.min(to, (from * 10 ** most) / first);
    return [
      `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      line(
        [x(from), y(first)],
        [x(steep), y((first * steep) / from)],
        `stroke="${colour}" stroke-dasharray="3 4"`,
      ),
      text([x(to) + 8, y(last) + 4], name.replaceAll('`', ''), `fill="${colour}"`),
    ];
  });
  const grid = [
    ...powers.flatMap((ms) => [
      line([x(sizes[0] ?? 1), y(ms)], [x(sizes.at(-1) ?? 1), y(ms)], 'stroke="#ddd"'),
      text([edge.left - 8, y(ms) + 4], `${ms} ms`, 'text-anchor="end"'),
    ]),
    ...sizes.map((tasks) =>
      text([x(tasks), height - edge.bottom + 22], `${tasks} tasks`, 'text-anchor="middle"'),
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...grid,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

type Point = readonly [x: number, y: number];

function line([x1, y1]: Point, [x2, y2]: Point, look: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" ${look}/>`;
}

function text([x, y]: Point, words: string, look: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${look}>${words}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
