// What one option is: its name, its line of the help, and what it takes. The files beside this one hold the rows of
// one subject each, and the function that reads them; table.ts puts the rows together.

export type OptionRow = {
  name: string;
  short?: string;
  takes: 'nothing' | 'text';
  /** It may be given several times, and each time counts. */
  isRepeatable?: boolean;
  /** The value's name in the help. */
  value?: string;
  /** The value of the text, null for a wrong one; `expects` says what a right one is: `a time such as 90s`. */
  parse?: (text: string) => unknown;
  expects?: string;
  /** What a shell offers for the value: these words, or what there is at that moment. */
  offers?: readonly string[] | 'tasks' | 'directories' | 'files';
  help: string;
  /** From the seed, or ours. */
  group: 'seed' | 'ours';
};

type ParsedRow = OptionRow & { parse: (text: string) => unknown };

/** A list for an option that may be given several times. */
export type Value = string | boolean | readonly string[] | undefined;

/** The values of some rows, by name: all that the reader of a subject needs. */
export type ValuesOf<Rows extends readonly OptionRow[]> = Partial<
  Record<Rows[number]['name'], Value>
>;

export function textOf(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}

/** Null if the option is not given. A wrong value never gets here: see `wrongValue`. */
export function parsedValue<Row extends ParsedRow>(
  row: Row,
  values: Partial<Record<Row['name'], Value>>,
): NonNullable<ReturnType<Row['parse']>> | null {
  const text = textOf(values[row.name as Row['name']]);
  return text === null ? null : (row.parse(text) as NonNullable<ReturnType<Row['parse']>> | null);
}

/** A sentence for a value that the option does not take. */
export function wrongValue({ name, parse, expects = '' }: OptionRow, value: Value): string | null {
  const text = textOf(value);
  if (parse === undefined || text === null || parse(text) !== null) return null;
  return `--${name} takes ${expects}, not ${JSON.stringify(text)}`;
}

/** A sentence for a value that is empty. */
export function emptyValue({ name, takes }: OptionRow, value: Value): string | null {
  const texts = typeof value === 'object' ? value.map((text) => text.trim()) : [value];
  return takes === 'text' && texts.includes('') ? needsValue(name) : null;
}

export function needsValue(name: string): string {
  return `--${name} needs a value; see autonomous-tui --help`;
}

/** `--task-name <name>` */
export function optionAsTyped({ name, value }: OptionRow): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** `--task-name NAME, -n` */
export function optionLabel(row: OptionRow): string {
  return `${optionAsTyped(row)}${row.short === undefined ? '' : `, -${row.short}`}`;
}
