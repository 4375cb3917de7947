/**
 * The network that attempts from an address are counted for: whoever has an address of version 6 has 2⁶⁴ of them, all with
 * the same first half.
 */
export function sourceNetwork(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const skipped = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length;
  const first = [...groups, ...Array.from({ length: Math.max(0, skipped) }, () => '0'), ...(tail ?? '').split(':')];
  return first
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
