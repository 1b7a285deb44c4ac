(function (n) {
  const composite = new Uint8Array(n);
  let count = 0;
  for (let i = 2; i < n; i++) {
    if (!composite[i]) {
      count += 1;
      for (let j = i * i; j < n; j += i) { composite[j] = 1; }
    }
  }
  return count;
})
