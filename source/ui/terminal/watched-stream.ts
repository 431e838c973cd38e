// The output stream for Ink: the same stream, but we learn when Ink has written. Ink throttles and writes some frames
// later than it reports, so only this tells when Ink may have overwritten what we painted.

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
