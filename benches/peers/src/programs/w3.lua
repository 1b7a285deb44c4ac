local n = ...
local m = 0
for i = 0, n - 1 do
  for j = 0, n - 1 do
    for k = 0, n - 1 do m = m + 1 end
  end
end
return m
