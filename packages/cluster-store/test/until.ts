/** Waits until something is true. Its deadline is for broken code alone. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 45_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Waited too long for ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
