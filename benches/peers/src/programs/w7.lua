local n = ...
local m = {}
for i = 0, n - 1 do m["k" .. i] = i end
local sum = 0
for i = 0, n - 1 do sum = sum + m["k" .. i] end
return sum
