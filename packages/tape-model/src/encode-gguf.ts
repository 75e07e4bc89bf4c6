/** A value of GGUF's metadata, with its type. */
export type GgufValue =
  | { readonly type: 'u32' | 'f32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'f32s' | 'i32s'; readonly value: readonly number[] };

/** A matrix or vector of 32-bit floats. Without `data` it is zero. */
export interface GgufTensor {
  /** The length of a row first. */
  readonly shape: readonly number[];
  readonly data?: Float32Array;
}

const U32 = 4;
const I32 = 5;
const F32 = 6;
const BOOL = 7;
const STRING = 8;
const ARRAY = 9;
const VERSION = 3;
const ALIGNMENT = 32;

/** Encodes a GGUF file, version 3, little-endian. */
export function encodeGguf(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: Readonly<Record<string, GgufTensor>>,
): Uint8Array<ArrayBuffer> {
  const head: Buffer[] = [
    Buffer.from('GGUF'),
    u32(VERSION),
    u64(Object.keys(tensors).length),
    u64(Object.keys(metadata).length),
  ];
  for (const [key, value] of Object.entries(metadata)) head.push(string(key), encodeValue(value));
  let offset = 0;
  const placed: { readonly offset: number; readonly data: Float32Array | undefined }[] = [];
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    head.push(string(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset));
    placed.push({ offset, data });
    offset += align(shape.reduce((size, length) => size * length, 4));
  }
  const headBytes = Buffer.concat(head);
  const start = align(headBytes.length);
  const file = new Uint8Array(start + offset);
  file.set(headBytes);
  const view = new DataView(file.buffer);
  for (const { offset: at, data } of placed)
    for (const [index, value] of data?.entries() ?? []) view.setFloat32(start + at + 4 * index, value, true);
  return file;
}

function encodeValue(value: GgufValue): Buffer {
  switch (value.type) {
    case 'u32':
      return Buffer.concat([u32(U32), u32(value.value)]);
    case 'f32':
      return Buffer.concat([u32(F32), f32(value.value)]);
    case 'bool':
      return Buffer.concat([u32(BOOL), Buffer.from([value.value ? 1 : 0])]);
    case 'string':
      return Buffer.concat([u32(STRING), string(value.value)]);
    case 'strings':
      return array(STRING, value.value.map(string));
    case 'f32s':
      return array(F32, value.value.map(f32));
    case 'i32s':
      return array(I32, value.value.map(u32));
  }
}

function array(type: number, items: readonly Buffer[]): Buffer {
  return Buffer.concat([u32(ARRAY), u32(type), u64(items.length), ...items]);
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function align(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}
