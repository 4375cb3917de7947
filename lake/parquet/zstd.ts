import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Node's own compression for what reads and writes Parquet; every engine that BI tools use knows ZSTD. */
export const ZSTD_COMPRESSOR = { ZSTD: (input: Uint8Array): Uint8Array => zstdCompressSync(input) };
export const ZSTD_DECOMPRESSOR = { ZSTD: (input: Uint8Array): Uint8Array => zstdDecompressSync(input) };
