import { readFileSync } from 'node:fs';

/** Of the package that this command is in. */
export function packageVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return version;
}
