/** A frame of 4K, as main paints it and the window shows it. */
export const width = 3840;
export const height = 2160;
export const frameBytes: number = width * height * 4;

const band = 120;

/** Paints bands that move down, and a square that runs across. Numbers the frame in its corner. */
export function paint(pixels: Uint32Array, number: number): void {
  for (let top = 0; top < height; top += band) {
    const shade = ((top / band + number) * 9) & 0xff;
    pixels.fill(rgb(shade >> 2, shade >> 1, 96), top * width, (top + band) * width);
  }
  const side = 540;
  const left = (number * 24) % (width - side);
  for (let y = 810; y < 810 + side; y++) {
    pixels.fill(rgb(255, 176, 32), y * width + left, y * width + left + side);
  }
  pixels[0] = number;
  pixels[width * height - 1] = number;
}

/** The number of a frame; -1 when it was painted over while it was looked at. */
export function numberOf(pixels: Uint32Array): number {
  const first = pixels[0];
  return first === pixels[width * height - 1] ? (first as number) : -1;
}

function rgb(red: number, green: number, blue: number): number {
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}
