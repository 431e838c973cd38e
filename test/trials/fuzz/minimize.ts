// Makes an input smaller: removes pieces as long as the failure stays the same.

const patience = 2000;

export async function smallest(
  bytes: Buffer,
  isStillWrong: (bytes: Buffer) => Promise<boolean>,
): Promise<Buffer> {
  let best = bytes;
  let tries = 0;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.length && tries < patience; tries++) {
      const less = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      if (await isStillWrong(less)) best = less;
      else at += size;
    }
  }
  return best;
}
