const WIDTH = 30;

/** `[#########---------------------]  30 %`. @param share 0 to 1 */
export function bar(share: number): string {
  const done = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${'#'.repeat(done)}${'-'.repeat(WIDTH - done)}] ${percent} %`;
}
