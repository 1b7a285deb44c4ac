local xs = ...
local sum = 0
for i = 1, #xs do sum = sum + xs[i] end
return sum
