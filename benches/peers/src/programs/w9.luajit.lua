local a, b = ...
local floor = math.floor
local y1 = floor(a / 10000) local m1 = floor(a / 100) % 100 local y2 = floor(b / 10000) local m2 = floor(b / 100) % 100
local months = 12 * (y2 - y1) + (m2 - m1)
if months < 0 then months = 0 end
local out = {} local y = y1 local m = m1
for i = 1, months do
  out[i] = y * 100 + m
  m = m == 12 and 1 or m + 1
  if m == 1 then y = y + 1 end
end
local label = "months:" .. months
if label == "" then error("empty") end
return #out
