local n = ...
local s = ""
for i = 0, n - 1 do s = s .. "ab" end
return #s
