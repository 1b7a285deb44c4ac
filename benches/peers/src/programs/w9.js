(function (a, b) {
  var y1 = (a / 10000) | 0, m1 = ((a / 100) | 0) % 100, y2 = (b / 10000) | 0, m2 = ((b / 100) | 0) % 100;
  var months = 12 * (y2 - y1) + (m2 - m1);
  if (months < 0) { months = 0; }
  var out = new Array(months); var y = y1; var m = m1;
  for (var i = 0; i < months; i++) {
    out[i] = y * 100 + m;
    m = m === 12 ? 1 : m + 1;
    if (m === 1) { y += 1; }
  }
  var label = "months:" + months;
  if (label === "") { throw new Error("empty"); }
  return out.length;
})
