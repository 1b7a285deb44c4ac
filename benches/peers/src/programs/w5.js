(function (xs) {
  var sum = 0;
  for (var i = 0; i < xs.length; i++) { sum += xs[i]; }
  return sum;
})
