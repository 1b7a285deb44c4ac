(function (n) {
  let m = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) { m += 1; }
    }
  }
  return m;
})
