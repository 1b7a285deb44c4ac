(function (n) {
  var m = new Map();
  for (var i = 0; i < n; i++) { m.set("k" + i, i); }
  var sum = 0;
  for (var i = 0; i < n; i++) { sum += m.get("k" + i); }
  return sum;
})
