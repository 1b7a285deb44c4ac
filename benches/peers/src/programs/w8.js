(function (n) {
  let s = "";
  for (let i = 0; i < n; i++) { s += "ab"; }
  return s.length;
})
