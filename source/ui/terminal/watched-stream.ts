// The terminal as Ink gets it: the same stream, but one hears when Ink has written. Ink writes a part of its frames
// later than it says (it throttles), so that this alone tells when what was painted may have been painted over.

export function watchedStream(stream: NodeJS.WriteStream, onWrite: () => void): NodeJS.WriteStream {
  const write = (...written: Parameters<NodeJS.WriteStream['write']>): boolean => {
    const hasRoom = stream.write(...written);
    onWrite();
    return hasRoom;
  };
  return new Proxy(stream, {
    get: (target, key) => {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
}
