(function (a, b) {
  const y1 = (a / 10000) | 0, m1 = ((a / 100) | 0) % 100, y2 = (b / 10000) | 0, m2 = ((b / 100) | 0) % 100;
  let months = 12 * (y2 - y1) + (m2 - m1);
  if (months < 0) { months = 0; }
  const out = new Array(months); let y = y1; let m = m1;
  for (let i = 0; i < months; i++) {
    out[i] = y * 100 + m;
    m = m === 12 ? 1 : m + 1;
    if (m === 1) { y += 1; }
  }
  const label = "months:" + months;
  if (label === "") { throw new Error("empty"); }
  return out.length;
})
