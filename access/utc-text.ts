/**
 * Writes times in UTC down to a length that does not tell those of one period apart. Requests ask for it one after the
 * other, so that the latest text is mostly the one to give.
 *
 * @param period milliseconds
 * @param form how the texts look, for example `YYYY-MM-DD`
 * @returns what takes milliseconds since 1970
 */
export function utcText(period: number, form: string): (time: number) => string {
  let latest = { number: Number.NaN, text: '' };
  return (time) => {
    const number = Math.floor(time / period);
    if (number !== latest.number) latest = { number, text: new Date(time).toISOString().slice(0, form.length) };
    return latest.text;
  };
}
