/**
 * Shows the frames that main paints. The canvas is the page's; a preload reaches it from its own
 * world, so context isolation stays on and the page never sees the memory.
 */
import { ipcRenderer } from 'electron';
import { path, type SharedBuffer } from 'ringwire/renderer';
import { frameBytes, height, numberOf, width } from './frame.ts';

interface Frame {
  readonly image: ImageData;
  readonly pixels: Uint32Array;
}

/** Main hands the same two buffers over again and again, and they arrive as the same two objects. */
const frames = new WeakMap<SharedBuffer, Frame>();
let shown = 0;

addEventListener('DOMContentLoaded', () => {
  const canvas = document.querySelector('canvas') as HTMLCanvasElement;
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  canvas.width = width;
  canvas.height = height;
  ipcRenderer.on('frame', (_event, memory: SharedBuffer | Uint8Array, number: number) => {
    requestAnimationFrame(() => {
      const { image, pixels } = frameOf(memory);
      const whole = numberOf(pixels) === number;
      context.putImageData(image, 0, 0);
      shown += 1;
      ipcRenderer.send('shown', number, whole && numberOf(pixels) === number);
    });
  });
  setInterval(() => {
    const line = `${width} × ${height}, ${shown} frames in the last second, by the ${path().path}`;
    (document.querySelector('p') as HTMLElement).textContent = line;
    shown = 0;
  }, 1000);
});

function frameOf(memory: SharedBuffer | Uint8Array): Frame {
  if (memory instanceof Uint8Array) return view(memory.buffer as ArrayBuffer);
  const known = frames.get(memory);
  if (known) return known;
  const frame = view(memory.buffer);
  frames.set(memory, frame);
  return frame;
}

function view(buffer: ArrayBuffer): Frame {
  const bytes = new Uint8ClampedArray(buffer, 0, frameBytes);
  return {
    image: new ImageData(bytes, width, height),
    pixels: new Uint32Array(buffer, 0, frameBytes / 4),
  };
}
