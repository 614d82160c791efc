const calls = 1000;

/** Microseconds for each of a number of calls. */
async function measure() {
  let sum = 0;
  const start = performance.now();
  for (let i = 0; i < calls; i++) sum = await window.api.add(sum, 1);
  if (sum !== calls) throw new Error(`${sum} instead of ${calls}`);
  return (((performance.now() - start) * 1000) / calls).toFixed(1);
}

async function show() {
  const [first, next] = [await measure(), await measure()];
  document.querySelector('#result').textContent =
    `${calls} calls by ${window.api.path()}: ${first} µs each; the next ${calls}: ${next} µs each`;
}

show();
