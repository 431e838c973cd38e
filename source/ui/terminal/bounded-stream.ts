// The output stream with a size that can be drawn. A terminal may claim any size up to 65535×65535, and a screen takes
// memory for each cell. What is beyond stays empty.

/** Twice the cells of the smallest font on the largest screen that people have. */
const largest = { columns: 1000, rows: 500 };

/** The same stream, but `columns` and `rows` are at most that. */
export function boundedStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stream, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value === 'function') return (value as () => unknown).bind(target);
      return (key === 'columns' || key === 'rows') && typeof value === 'number'
        ? Math.min(value, largest[key])
        : value;
    },
  });
}
