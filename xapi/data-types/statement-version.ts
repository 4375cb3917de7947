const VERSION_1_0 = /^1\.0(?:\.\d+)?$/;
const VERSION_2_0 = /^[12]\.0(?:\.\d+)?$/;

/** `1.0` or `1.0.x` (xAPI 1.0.3, Data 2.4.10). */
export function isVersion10(text: string): boolean {
  return VERSION_1_0.test(text);
}

/** `2.0` or `2.0.x`, and 1.0 as before (xAPI 2.0, 4.2.4.3). */
export function isVersion20(text: string): boolean {
  return VERSION_2_0.test(text);
}
