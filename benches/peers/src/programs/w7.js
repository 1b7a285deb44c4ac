(function (n) {
  const m = new Map();
  for (let i = 0; i < n; i++) { m.set("k" + i, i); }
  let sum = 0;
  for (let i = 0; i < n; i++) { sum += m.get("k" + i); }
  return sum;
})
