const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** A decimal number as sign, digits without zeros at either end, and the power of ten of its last digit. */
function decimalOf(source: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(source) ?? [];
  const digits = trimZeros(whole + fraction);
  if (digits.text === '') return '0';
  return `${sign}${digits.text}e${Number(exponent) - fraction.length + digits.trailing}`;
}

/** Loops, because a pattern for trailing zeros takes quadratic time on a long run of zeros. */
function trimZeros(digits: string): { text: string; trailing: number } {
  let start = 0;
  let end = digits.length;
  while (digits[start] === '0') start += 1;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return { text: digits.slice(start, end), trailing: digits.length - end };
}

/** Whether a double, written back as JSON, is the very number that `source` says. */
export function survivesAsDouble(source: string, value: number): boolean {
  return source === String(value) || (Number.isFinite(value) && decimalOf(source) === decimalOf(String(value)));
}
