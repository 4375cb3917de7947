/*
 * Loads a bundle and calls its handler with events, one after the other, as Lambda does with a new environment. Plain
 * JavaScript that imports nothing, so that nothing the bundle needs is there before it is measured.
 *
 * Arguments: the file of the bundle, a file with the events (JSON). Writes what `Calls` in call-bundle.ts describes.
 */
const [, , bundle, eventsFile] = process.argv;

const start = performance.now();
const { handler } = await import(bundle);
const importTime = performance.now() - start;

const events = JSON.parse(process.getBuiltinModule('fs').readFileSync(eventsFile, 'utf8'));
const results = [];
for (const event of events) {
  const sent = performance.now();
  const result = await handler(event, {});
  results.push({ time: performance.now() - sent, result });
}
const peakMemory = process.resourceUsage().maxRSS * 1_024;
process.stdout.write(`\n${JSON.stringify({ nodeStart: start, importTime, peakMemory, results })}`);
