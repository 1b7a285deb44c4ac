(function (xs) {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) { sum += xs[i]; }
  return sum;
})
