(function (n) {
  var composite = new Uint8Array(n);
  var count = 0;
  for (var i = 2; i < n; i++) {
    if (!composite[i]) {
      count += 1;
      for (var j = i * i; j < n; j += i) { composite[j] = 1; }
    }
  }
  return count;
})
