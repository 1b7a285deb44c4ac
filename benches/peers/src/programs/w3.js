(function (n) {
  var m = 0;
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < n; j++) {
      for (var k = 0; k < n; k++) { m += 1; }
    }
  }
  return m;
})
