(function (n) {
  var s = "";
  for (var i = 0; i < n; i++) { s += "ab"; }
  return s.length;
})
