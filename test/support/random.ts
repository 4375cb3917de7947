export { seededRandom } from '#bench/support/random.ts';
