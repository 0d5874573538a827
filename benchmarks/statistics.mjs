/**
 * The few statistics that results are told in. Times mean little across machines: quote ratios of medians
 * taken in one run, and call an effect real only where it is larger than the spread.
 */

/** Median of a non-empty list of numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Nearest-rank percentile; `share` in (0, 1]. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** `{ median, spread, runs }`; spread is (max − min) / median, the noise floor under which nothing is claimed. */
export function summary(values) {
  const middle = median(values);
  return { median: middle, spread: (Math.max(...values) - Math.min(...values)) / (middle || 1), runs: values.length };
}

/**
 * Calls `work` once unmeasured, then `runs` times.
 * @returns CPU milliseconds of this process (user + system: other programs on the machine hardly show) as a {@link summary}.
 */
export async function measure(work, runs = 5) {
  await work();
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return summary(times);
}

/** A plain-text table: columns are as wide as their widest cell, numbers to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const cell = (value, column) =>
    typeof value === 'number' || /^[\d.]+( [×%]| MB| ms)?$/.test(value)
      ? String(value).padStart(widths[column])
      : String(value).padEnd(widths[column]);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

/** A seeded pseudo-random generator (mulberry32): numbers in [0, 1), the same on every machine. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
